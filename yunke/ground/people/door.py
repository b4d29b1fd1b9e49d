"""What other rooms may ask of people."""

from yunke.ground.people.actions import (
    RosterClash,
    cards_issue,
    picture_set,
    pictures_encode,
    roster_ids,
    roster_write,
    second_factor_seal,
    session_close,
    session_open,
    session_touch,
    session_who,
)
from yunke.ground.people.actions.entry import card_enter
from yunke.ground.people.actions.looking import pupils_read
from yunke.ground.people.actions.orgs import city_open, setup_check, setup_code
from yunke.ground.people.actions.rosterchange import (
    ClassCells,
    RosterDiff,
    Steps,
    TieRow,
    class_codes_new,
    roster_change,
    roster_lock,
)
from yunke.ground.people.actions.rosterundo import Undone, roster_undo
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.reads import (
    city_id,
    class_by_id,
    class_pupils,
    places_of,
    school_classes,
    who_of,
)
from yunke.ground.people.reads.accounts import second_factor_of
from yunke.ground.people.reads.ages import stage_of_person
from yunke.ground.people.reads.colleagues import (
    ColleagueName,
    colleague_may,
    colleagues_named,
)
from yunke.ground.people.reads.duties import Holder, duty_holders
from yunke.ground.people.reads.firstday import SchoolState, errands_of, school_states
from yunke.ground.people.reads.life import Colleague, colleagues
from yunke.ground.people.reads.marks import (
    leavers_before,
    person_marks,
    pupils_count,
    pupils_of_school,
)
from yunke.ground.people.reads.orgs import OrgName, counties_of, county_of, org_names, org_tree
from yunke.ground.people.reads.reach import names_of, org_places, schools_reached
from yunke.ground.people.reads.rosterhas import (
    logins_taken,
    roster_classes,
    roster_orgs,
    roster_persons,
    roster_persons_by_id,
    roster_ties,
)
from yunke.ground.people.reads.seats import seats_on
from yunke.ground.people.reads.ties import birthday_of, born_of, guardians_of, guards, is_here
from yunke.ground.people.rules.ages import Stage, stage_of
from yunke.ground.people.rules.devices import device_of
from yunke.ground.people.rules.rights import RIGHTS, allowed, holds
from yunke.ground.people.values import (
    ANIMALS,
    PICTURE_KEYS,
    ClassName,
    ClassRow,
    DutyRow,
    Grant,
    GuardianRow,
    Kind,
    MembershipRow,
    OrgRow,
    PersonName,
    PersonRow,
    Place,
    Role,
    Roster,
    RosterIds,
    Scope,
    Who,
)

__all__ = [
    "ANIMALS",
    "PICTURE_KEYS",
    "RIGHTS",
    "ClassCells",
    "ClassName",
    "ClassRow",
    "Colleague",
    "ColleagueName",
    "DutyRow",
    "Grant",
    "GuardianRow",
    "Holder",
    "Kind",
    "MembershipRow",
    "OrgName",
    "OrgRow",
    "PersonName",
    "PersonRow",
    "Place",
    "Role",
    "Roster",
    "RosterClash",
    "RosterDiff",
    "RosterIds",
    "SchoolState",
    "Scope",
    "Stage",
    "Steps",
    "TieRow",
    "TooOften",
    "Undone",
    "Who",
    "allowed",
    "birthday_of",
    "born_of",
    "card_enter",
    "cards_issue",
    "city_id",
    "city_open",
    "class_by_id",
    "class_codes_new",
    "class_pupils",
    "colleague_may",
    "colleagues",
    "colleagues_named",
    "counties_of",
    "county_of",
    "device_of",
    "duty_holders",
    "errands_of",
    "guardians_of",
    "guards",
    "holds",
    "is_here",
    "leavers_before",
    "logins_taken",
    "names_of",
    "org_names",
    "org_places",
    "org_tree",
    "person_marks",
    "picture_set",
    "pictures_encode",
    "places_of",
    "pupils_count",
    "pupils_of_school",
    "pupils_read",
    "roster_change",
    "roster_classes",
    "roster_ids",
    "roster_lock",
    "roster_orgs",
    "roster_persons",
    "roster_persons_by_id",
    "roster_ties",
    "roster_undo",
    "roster_write",
    "school_classes",
    "school_states",
    "schools_reached",
    "seats_on",
    "second_factor_of",
    "second_factor_seal",
    "session_close",
    "session_open",
    "session_touch",
    "session_who",
    "setup_check",
    "setup_code",
    "stage_of",
    "stage_of_person",
    "who_of",
]
