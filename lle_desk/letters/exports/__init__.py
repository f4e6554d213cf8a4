"""Letters leave the office: as e-mail files, and by the office's mail server."""
