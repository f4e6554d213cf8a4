"""All tables of the program, so that metadata is whole: for migrations, checks and tests."""

from lle_desk.agreements import models as _agreements
from lle_desk.charges import models as _charges
from lle_desk.consultancy import models as _consultancy
from lle_desk.core import models as _core
from lle_desk.core.db import Base
from lle_desk.courses import models as _courses
from lle_desk.customers import models as _customers
from lle_desk.invoicing import models as _invoicing
from lle_desk.letters import models as _letters
from lle_desk.offers import models as _offers
from lle_desk.officers import models as _officers
from lle_desk.rooms import models as _rooms
from lle_desk.trainers import models as _trainers

SLICES = (
    _core,
    _officers,
    _letters,
    _customers,
    _offers,
    _charges,
    _agreements,
    _rooms,
    _trainers,
    _consultancy,
    _courses,
    _invoicing,
)
metadata = Base.metadata
