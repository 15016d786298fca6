# python-tds: connects, asks `select 1`, prints the answer. It does TLS only where it is given certificates to trust.
# python3 pytds_client.py <host> <port> <PEM file>
import sys

import pytds

host, port, trusted = sys.argv[1:]
try:
    with pytds.connect(
        dsn=host,
        port=int(port),
        user="someone",
        password="canary-7f3a",
        cafile=trusted,
        validate_host=False,
        autocommit=True,
    ) as connection:
        cursor = connection.cursor()
        cursor.execute("select 1")
        print("answer", cursor.fetchone()[0])
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
