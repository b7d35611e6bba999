"""What the API is, for machines: OpenAPI, with the token it wants."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


async def openapi(request: Request) -> Response:
    schema = request.app.openapi()
    schemes = schema.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes["token"] = {"type": "http", "scheme": "bearer"}
    schema["security"] = [{"token": []}]
    return JSONResponse(schema, headers=HEADERS)
