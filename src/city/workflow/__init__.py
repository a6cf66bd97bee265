"""Processes of any kind of case: a BPMN drawing opens tasks, waits for told times and branches; rows stay the truth."""
