"""The bank tells the city what was paid: signed as SNAP wants it, again and again until it is answered, then not."""

import logging
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from city.gateway.agencies.bank import signing, transport, wire
from city.gateway.agencies.bank.codes import PREFIX, Refused
from city.gateway.agencies.bank.messages import account_parts
from city.gateway.agencies.bank.options import Agreement
from city.gateway.agencies.bank.simulator.books import Books, News, Order, Payment, now
from city.gateway.agencies.bank.wire import Body

log = logging.getLogger(__name__)
PAUSES = (1.0, 3.0, 10.0, 30.0)  # seconds before the next try; after the last the city has to ask


@dataclass
class Messenger:
    """`city` is the address of the city's pages."""

    agreement: Agreement
    books: Books
    city: str
    stop: threading.Event = field(default_factory=threading.Event)
    _token: str = ""
    _token_ends: float = 0.0

    def work(self) -> None:
        """Until stopped: whatever is due is sent, oldest first."""
        while not self.stop.is_set():
            for news in self.books.news_due(time.time()):
                try:
                    self._send(news)
                except Exception:
                    log.exception("news %s was not sent", news.id)
                    self.books.close_news(news, "lost", "")
            self.stop.wait(0.1)

    def _send(self, news: News) -> None:
        order = self.books.order_of(news.reference)
        payment = self.books.payment(news.payment)
        if order is None:
            return self.books.close_news(news, "lost", "")
        told = payment or Payment(news.payment, order.reference, order.amount, now(), order.payer or "Pemalsu")
        try:
            status, said = self.tell(order, told, forged=news.kind == "forged")
        except (transport.Silent, Refused) as error:
            status, said = 0, str(error)
        if 200 <= status < 300:
            return self.books.close_news(news, "told", said)
        if 400 <= status < 500 or news.kind == "forged":
            return self.books.close_news(news, "refused", said)
        if news.tries < len(PAUSES):
            return self.books.close_news(news, "waiting", said, time.time() + PAUSES[news.tries])
        return self.books.close_news(news, "lost", said)

    def tell(self, order: Order, payment: Payment, *, forged: bool = False) -> tuple[int, str]:
        """One message; HTTP status and SNAP's code and words. Raises transport.Silent."""
        external_id = wire.external_id()
        name, body = self._message(order, payment, external_id)
        raw, path, stamp = wire.pack(body), PREFIX + name, wire.timestamp(now())
        token, contract = self._current_token(), self.agreement.contract
        secret = secrets.token_urlsafe(32) if forged else self.agreement.secret
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": signing.sign(signing.Transaction("POST", path, token, raw, stamp), secret),
            "X-PARTNER-ID": contract.partner_id,
            "X-EXTERNAL-ID": external_id,
            "CHANNEL-ID": contract.channel_id,
        }
        status, answer = transport.post(transport.Request(self.city, path, raw, headers))
        said = wire.unpack(answer)
        if said.get("responseCode", "")[:3] + said.get("responseCode", "")[5:] == "40101":
            self._token = ""  # fetched anew at the next try
            return 0, str(said["responseCode"])
        return status, f"{said.get('responseCode', '')} {said.get('responseMessage', '')}"

    def _message(self, order: Order, payment: Payment, external_id: str) -> tuple[str, Body]:
        contract = self.agreement.contract
        info = {"externalId": external_id, "payerName": payment.payer}
        if order.channel == "qris":
            told: Body = {
                "originalReferenceNo": order.bank_reference,
                "originalPartnerReferenceNo": order.reference,
                "latestTransactionStatus": "00",
                "transactionStatusDesc": "Success",
                "amount": wire.money(payment.amount),
                "additionalInfo": {
                    **info,
                    "rrn": payment.bank_reference,
                    "paidTime": wire.timestamp(payment.paid_at),
                    "nmid": contract.national_id,
                },
            }
            return "qr/qr-mpm-notify", told
        return "transfer-va/payment", {
            **account_parts(order.code, contract),
            "virtualAccountName": payment.payer,
            "trxId": order.reference,
            "paymentRequestId": payment.bank_reference,
            "paidAmount": wire.money(payment.amount),
            "totalAmount": wire.money(order.amount),
            "trxDateTime": wire.timestamp(payment.paid_at),
            "referenceNo": payment.bank_reference[-15:],
            "flagAdvise": "N",
            "additionalInfo": info,
        }

    def _current_token(self) -> str:
        if not self._token or time.monotonic() > self._token_ends:
            self._token, seconds = self._fetch_token(now())
            self._token_ends = time.monotonic() + seconds - 60
        return self._token

    def _fetch_token(self, at: datetime) -> tuple[str, int]:
        client, stamp = self.agreement.contract.bank_client_id, wire.timestamp(at)
        headers = {
            "Content-Type": "application/json",
            "X-TIMESTAMP": stamp,
            "X-CLIENT-KEY": client,
            "X-SIGNATURE": signing.sign_token_request(client, stamp, self.agreement.bank_key),
        }
        raw = wire.pack({"grantType": "client_credentials"})
        sent = transport.Request(self.city, PREFIX + "access-token/b2b", raw, headers)
        status, answer = transport.post(sent)
        if status != 200:
            raise transport.Silent(f"no token: {status}")
        said = wire.unpack(answer)
        return wire.text(said, "accessToken", 2048), int(wire.text(said, "expiresIn", 5))
