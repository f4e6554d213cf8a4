from lle_desk.qt.settings import Settings


def test_settings_are_each_officers_own(qapp: object) -> None:
    ann, bob = Settings("ann"), Settings("b.ob/../x")
    ann.set_text("filter", "a,b,c")
    ann.set_flag("on", True)
    ann.set_number("width", -3)
    ann.save()
    again = Settings("ann")
    assert (again.text("filter"), again.flag("on"), again.number("width")) == ("a,b,c", True, -3)
    assert bob.text("filter", "none") == "none"
    assert bob.number("width", 7) == 7
