"""An empty window of PySide6, with SQLAlchemy and its ORM imported first and one query done."""

import sys

import sqlalchemy  # first: Shiboken's import hook slows every later import
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    town: Mapped[str]


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        url = sys.argv[1]
        if url.startswith("sqlite"):
            import pysqlite3

            engine = sqlalchemy.create_engine(url, module=pysqlite3)
        else:
            engine = sqlalchemy.create_engine(url)
        with Session(engine) as session:
            if not url.startswith("sqlite"):
                session.execute(sqlalchemy.text("SET search_path = app"))
            session.scalars(sqlalchemy.select(Customer).limit(50)).all()
        print("rows", flush=True)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1600, 960)
window.show()
app.exec()
