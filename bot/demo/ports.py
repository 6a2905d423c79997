"""Which port of this computer the page can have."""

import errno
import socket

HOST = "127.0.0.1"
LAST = 65535
TRIES = 20


class NoPortError(Exception):
    """Neither the wanted port nor the next ones can be had; the text says what to do."""


def free_port(wanted: int) -> int:
    """Return `wanted` or the next port that is free; 0 means any. Raises NoPortError."""
    if not 0 <= wanted <= LAST:
        raise NoPortError(f"There is no port {wanted}; choose one from 1024 to {LAST}.")
    for port in range(wanted, min(wanted + TRIES, LAST + 1)):
        if _is_free(port):
            return port
    raise NoPortError(f"Port {wanted} cannot be had, nor those after it; choose with --port.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As a server does it: a port that was left a moment ago may be taken again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True
