"""What people come for, as the status page and the objectives speak of it: which route or document belongs to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Function = Literal["login", "home", "applications", "notices", "payments"]
FUNCTIONS: Final[tuple[Function, ...]] = ("login", "home", "applications", "notices", "payments")
_DOCUMENTS: Final[Mapping[Function, frozenset[str]]] = {
    "home": frozenset({"ShowHome", "RefreshHome", "ShowNeeds", "ShowNeedsOfAll", "AnswerQuestion"}),
    "applications": frozenset(
        {
            *("SubmitApplication", "SubmitOnBehalf", "SendWithoutParts", "WithdrawApplication", "BeginSignature"),
            *("ShowApplication", "ShowApplications", "ShowReceipt", "ShowFolder", "ShowFolders", "KeepFolder"),
            "BeginFolderSignature",
        }
    ),
    "notices": frozenset({"ShowInbox", "ShowNotice", "FindNotices", "OpenNotice", "SortNotices", "AnswerNotice"}),
    "payments": frozenset({"ShowPayments", "PayByCard", "AddSlip", "ScanSlip", "ForgetSlip"}),
}
_ROUTES: Final[tuple[tuple[str, Function], ...]] = (
    ("/login", "login"),
    ("/uploads", "applications"),
    ("/payments", "payments"),
    ("/inbox", "notices"),
)
_OF: Final = {document: function for function, documents in _DOCUMENTS.items() for document in documents}


def function_of(route: str, document: str) -> Function | None:
    """Of an answer; None: of none of them."""
    if document:
        return _OF.get(document)
    return next((function for start, function in _ROUTES if route == start or route.startswith(f"{start}/")), None)


def documents() -> Mapping[Function, frozenset[str]]:
    return _DOCUMENTS
