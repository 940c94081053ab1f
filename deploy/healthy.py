"""Whether the web server of this container is ready, or `live`: ends with 0 or 1. Asks as the proxy does, with Python's own means.

healthy.py [port] [ready|live]
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def good(port: int, what: str) -> bool:
    public = urlsplit(os.environ.get("PUBLIC_URL", "http://localhost:8000"))
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
        line.request("GET", f"/health/{what}", headers=headers)
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


if __name__ == "__main__":
    port, what = (*sys.argv[1:], *("8000", "ready")[len(sys.argv) - 1 :])
    sys.exit(not good(int(port), what))
