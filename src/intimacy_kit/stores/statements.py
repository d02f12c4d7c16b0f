"""All the SQL there is, once for every database: each table is keyed, and each statement filtered, by the space.

So a database that spreads its rows over machines spreads them by that column, and every statement stays on one of
them. Parameters stand as ``?``; a driver that writes them otherwise replaces them.

The last row of a log is no event: it says how many there are, and the head of the chain, so that a log that was cut is
seen. It stands beside the last event, where the next one goes, so that an append changes one page of the file only.
"""

__all__ = [
    "ADD_EVENT",
    "ADD_KEY",
    "ADD_LOG",
    "ADD_MARK",
    "ADD_WORDS",
    "ANY_WORDS",
    "END",
    "ERASE",
    "ERASE_WORDS",
    "EVENTS",
    "KEY",
    "KEY_TRACE",
    "LOG",
    "MARK",
    "MARKS",
    "PROOF",
    "RECODE",
    "RECODE_WORDS",
    "ROW",
    "SET_END",
    "STANDING",
    "TO_RECODE",
    "TO_RECODE_WORDS",
    "WORDS",
    "WORDS_OF",
    "tables",
]


#: The version of the row at the end of a log; no log is that long.
END = 2**62


def tables(blob: str, ending: str = "") -> tuple[str, ...]:
    """Return the statements that make the tables; *blob* is what the database calls bytes.

    What must not be missed when it is lost (a key that was used, a mark of erasure) can be found by two ways, which lie
    apart in the file.
    """
    return (
        f"""CREATE TABLE logs (
    space TEXT NOT NULL, partner TEXT NOT NULL, PRIMARY KEY (space, partner)
){ending}""",
        f"""CREATE TABLE events (
    space TEXT NOT NULL, partner TEXT NOT NULL, version BIGINT NOT NULL, head {blob} NOT NULL, body {blob} NOT NULL,
    PRIMARY KEY (space, partner, version)
){ending}""",
        f"""CREATE TABLE words (
    space TEXT NOT NULL, version BIGINT NOT NULL, partner TEXT NOT NULL, body {blob} NOT NULL,
    PRIMARY KEY (space, version, partner)
){ending}""",
        f"""CREATE TABLE keys (
    space TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, partner TEXT NOT NULL, trace {blob} NOT NULL,
    start BIGINT NOT NULL, stop BIGINT NOT NULL, checksum {blob} NOT NULL,
    PRIMARY KEY (space, scope, key, partner), UNIQUE (space, trace, partner)
){ending}""",
        f"""CREATE TABLE marks (
    space TEXT NOT NULL, mark {blob} NOT NULL, proof {blob} NOT NULL,
    PRIMARY KEY (space, mark), UNIQUE (space, proof, mark)
){ending}""",
    )


# Reading: (space, log, ...) unless said otherwise; the log is empty for the joint one

#: The end of a log and its last event: two rows that agree, or none.
STANDING = """SELECT version, head, body FROM events
WHERE space = ? AND partner = ? ORDER BY version DESC LIMIT 2"""
#: Whether there is such a log: asked where no row of it is found.
LOG = "SELECT partner FROM logs WHERE space = ? AND partner = ?"
#: (space, log, first version, last version)
EVENTS = """SELECT version, head, body FROM events
WHERE space = ? AND partner = ? AND version BETWEEN ? AND ? ORDER BY version"""
#: (space, log, version)
ROW = "SELECT version, head, body FROM events WHERE space = ? AND partner = ? AND version = ?"
#: (space, first version, last version)
WORDS = "SELECT version, partner, body FROM words WHERE space = ? AND version BETWEEN ? AND ?"
#: (space, person)
WORDS_OF = "SELECT version, body FROM words WHERE space = ? AND partner = ?"
#: (space,)
ANY_WORDS = "SELECT 1 FROM words WHERE space = ? LIMIT 1"
#: (space, scope, key)
KEY = "SELECT partner, start, stop, checksum FROM keys WHERE space = ? AND scope = ? AND key = ?"
#: (space, trace)
KEY_TRACE = "SELECT partner FROM keys WHERE space = ? AND trace = ?"
#: (space,)
MARKS = "SELECT mark, proof FROM marks WHERE space = ?"
#: (space, mark)
MARK = "SELECT proof FROM marks WHERE space = ? AND mark = ?"
#: (space, proof); for one at a time, or else SQLite goes the way of MARK
PROOF = "SELECT mark FROM marks WHERE space = ? AND proof = ?"

# Appending

ADD_EVENT = "INSERT INTO events (space, partner, version, head, body) VALUES (?, ?, ?, ?, ?)"
ADD_WORDS = "INSERT INTO words (space, version, partner, body) VALUES (?, ?, ?, ?)"
ADD_LOG = "INSERT INTO logs (space, partner) VALUES (?, ?)"
SET_END = """INSERT INTO events (space, partner, version, head, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (space, partner, version) DO UPDATE SET head = excluded.head, body = excluded.body"""
ADD_KEY = """INSERT INTO keys (space, scope, key, partner, trace, start, stop, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""

# Erasing, by space and person

ERASE = (
    "DELETE FROM events WHERE space = ? AND partner = ?",
    "DELETE FROM logs WHERE space = ? AND partner = ?",
    "DELETE FROM keys WHERE space = ? AND scope = ?",
    "DELETE FROM keys WHERE space = ? AND partner = ?",
)
ERASE_WORDS = "DELETE FROM words WHERE space = ? AND partner = ?"
#: (space, mark, proof)
ADD_MARK = """INSERT INTO marks (space, mark, proof) VALUES (?, ?, ?)
ON CONFLICT (space, mark) DO UPDATE SET proof = excluded.proof"""

# Under another key: what there is of a person after a version, 200 at a time

TO_RECODE = """SELECT version, body FROM events
WHERE space = ? AND partner = ? AND version > ? AND version < ? ORDER BY version LIMIT 200"""
TO_RECODE_WORDS = """SELECT version, body FROM words
WHERE space = ? AND partner = ? AND version > ? AND version < ? ORDER BY version LIMIT 200"""
RECODE = "UPDATE events SET body = ? WHERE space = ? AND partner = ? AND version = ?"
RECODE_WORDS = "UPDATE words SET body = ? WHERE space = ? AND partner = ? AND version = ?"
