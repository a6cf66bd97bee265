"""SNAP's answers: seven digits, HTTP status + service + case (Pedoman Tata Kelola SNAP BI, response codes)."""

from dataclasses import dataclass

PREFIX = "/snap/v1.0/"  # where the bank finds the city

# What each address is called in a response code.
SERVICES = {
    "bank-statement": "14",
    "transfer-intrabank": "17",
    "transfer-interbank": "18",
    "transfer-va/inquiry": "24",
    "transfer-va/payment": "25",
    "transfer-va/status": "26",
    "transfer-va/create-va": "27",
    "transfer/status": "36",
    "qr/qr-mpm-generate": "47",
    "qr/qr-mpm-query": "51",
    "qr/qr-mpm-notify": "52",
    "access-token/b2b": "73",
}
NO_SERVICE = "00"  # an address that names no service has no code of its own


@dataclass(frozen=True)
class Case:
    """One row of the standard's table. `message` may hold {} for the field or the reason."""

    status: int
    number: str
    message: str


SUCCESSFUL = Case(200, "00", "Successful")
IN_PROGRESS = Case(202, "00", "Request In Progress")
BAD_REQUEST = Case(400, "00", "Bad Request")
BAD_FORMAT = Case(400, "01", "Invalid Field Format {}")
BAD_MANDATORY = Case(400, "02", "Invalid Mandatory Field {}")
UNAUTHORIZED = Case(401, "00", "Unauthorized. [{}]")
BAD_TOKEN = Case(401, "01", "Invalid Token (B2B)")
NO_FUNDS = Case(403, "14", "Insufficient Funds")
NOT_FOUND = Case(404, "01", "Transaction Not Found")
BAD_ACCOUNT = Case(404, "11", "Invalid Account [{}]")
BAD_BILL = Case(404, "12", "Invalid Bill/Virtual Account [{}]")
PAID_BILL = Case(404, "14", "Paid Bill")
EXPIRED_BILL = Case(404, "19", "Invalid Bill/Virtual Account")
NOT_SUPPORTED = Case(405, "00", "Requested Function Is Not Supported")
CONFLICT = Case(409, "00", "Conflict")
DUPLICATE = Case(409, "01", "Duplicate partnerReferenceNo")
TOO_MANY = Case(429, "00", "Too Many Requests")
GENERAL_ERROR = Case(500, "00", "General Error")


class Refused(Exception):
    """This call is answered with this case; nothing was done."""

    def __init__(self, case: Case, about: str = "") -> None:
        super().__init__(f"{case.status} {case.number} {about}")
        self.case = case
        self.about = about


def number_at(path: str, prefix: str) -> str:
    """The service's two digits for an address below `prefix`."""
    return SERVICES.get(path.removeprefix(prefix), NO_SERVICE) if path.startswith(prefix) else NO_SERVICE


def answer(case: Case, service: str, about: str = "") -> dict[str, str]:
    """The two fields that every SNAP answer begins with."""
    return {
        "responseCode": f"{case.status}{service}{case.number}",
        "responseMessage": case.message.format(about),
    }
