"""The HTML pages of the stand-ins: Jinja2 files in templates/, escaped always."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.enums import MediaType

Asked = Request[Any, Any, Any]
TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"


class Pages:
    def __init__(self, folder: Path = TEMPLATES) -> None:
        loader = FileSystemLoader(folder)
        self._jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)

    def show(
        self, name: str, values: Mapping[str, object], *, status: int = 200, forms_lead_to: str = ""
    ) -> Response[object]:
        """`forms_lead_to` is an origin that a form of the page may redirect to."""
        html = self._jinja.get_template(name).render(values)
        policy = f"{POLICY} {forms_lead_to}".rstrip()
        return Response(
            html, status_code=status, media_type=MediaType.HTML, headers={"Content-Security-Policy": policy}
        )


def wants_json(request: Asked) -> bool:
    """A browser asks for text/html by name; everybody else gets JSON."""
    return "text/html" not in request.headers.get("accept", "")
