"""The mail server's password, in the system's own keyring and nowhere else."""

from lle_desk.core.errors import OfficerError

SERVICE = "LLE Desk mail"
NO_KEYRING = (
    "This PC has no keyring to keep a password in, so it was not kept. "
    "It is used until the program ends."
)


def kept_password(host: str, login: str) -> str:
    """Return the password kept on this PC, "" when none is, or there is no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(f"{SERVICE} {host}", login) or ""
    except KeyringError:
        return ""


def keep_password(host: str, login: str, password: str) -> None:
    """Keep the password in this PC's keyring; an empty one is forgotten.

    Raises:
        OfficerError: there is no keyring, or it is locked; nothing is kept.
    """
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        if password:
            keyring.set_password(f"{SERVICE} {host}", login, password)
        else:
            keyring.delete_password(f"{SERVICE} {host}", login)
    except PasswordDeleteError:
        return
    except KeyringError as error:
        raise OfficerError(NO_KEYRING, "password") from error
