"""An empty window of PySide6, with SQLAlchemy imported first and one query done."""

import sys

import sqlalchemy  # first: Shiboken's import hook slows every later import
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        url = sys.argv[1]
        if url.startswith("sqlite"):
            import pysqlite3

            engine = sqlalchemy.create_engine(url, module=pysqlite3)
        else:
            engine = sqlalchemy.create_engine(url)
        with engine.connect() as connection:
            schema = "" if url.startswith("sqlite") else "app."
            statement = f"SELECT id, name, town FROM {schema}customer LIMIT 50"
            connection.exec_driver_sql(statement).all()
        print("rows", flush=True)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1600, 960)
window.show()
app.exec()
