//! What the words of a time expression say, before any anchor is known.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// Before, within or after the anchor: "last", "this", "next".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// "last", "past", "ago", "earlier", "before".
    Back,
    /// "this", "current", "same".
    Here,
    /// "next", "coming", "later", "after", "from now".
    Ahead,
}

impl Direction {
    /// Gives −1, 0 or 1.
    pub fn sign(self) -> i32 {
        match self {
            Direction::Back => -1,
            Direction::Here => 0,
            Direction::Ahead => 1,
        }
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

/// How many: exact to a half, or left open ("several").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quantity {
    /// A number in thousandths ("two and a half" is 2500).
    Milli(i64),
    /// "several", "few", "some": not said (TIMEX3 `X`).
    Open,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    /// "overnight": the night before, of either day.
    Overnight,
    Daytime,
}

/// A time of day as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Clock {
    /// Hour (0–24), minute and second; the zone's offset from UTC in minutes when it is named.
    Time {
        /// Hour from 0 to 24.
        hour: u8,
        /// Minute, when said.
        minute: Option<u8>,
        /// Second, when said.
        second: Option<u8>,
        /// Minutes east of UTC, when said.
        zone: Option<i16>,
    },
    /// "morning", "noon", "overnight".
    Part(DayPart),
}

/// A year as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum YearSaid {
    /// "2014"; negative is astronomical (1 BC is 0).
    Full(i32),
    /// "'98", "3/5/98": two digits.
    TwoDigits(u8),
}

/// Fields of the calendar that the words give; the others are implied by an anchor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fields {
    /// The year.
    pub year: Option<YearSaid>,
    /// A part of the year: month 1–12, season 21–24, quarter 33–36, half 40–41 (EDTF codes).
    pub part: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
    /// Day of the week.
    pub weekday: Option<Weekday>,
    /// "the week of March 6": the week that holds the day.
    pub whole_week: bool,
    /// "last March", "next Friday", "this fall".
    pub direction: Option<Direction>,
    /// Of which unit the direction is said: the week in "Tuesday of last week", the year in "July last year".
    pub of: Option<Unit>,
    /// "fiscal 1989".
    pub fiscal: bool,
    /// "that year", "the following March": counted from the date told last, in news too.
    pub told: bool,
}

/// What the words of a time expression say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Meaning {
    /// Fields of the calendar: "Jan. 9", "2014", "last Friday", "spring 2016".
    Fields(Fields),
    /// A calendar unit by its place to the anchor's: "yesterday" (Day −1), "last week", "next year".
    Unit {
        /// The unit.
        unit: Unit,
        /// How many units from the anchor's: −1 is the one before.
        offset: i32,
    },
    /// A count of units from the anchor: "three days ago", "two weeks later".
    Shift {
        /// How many.
        quantity: Quantity,
        /// The unit.
        unit: Unit,
        /// To which side.
        direction: Direction,
        /// From the publication date ("ago") or from the date told last ("later", "earlier").
        from: ShiftFrom,
    },
    /// A count of units from a date that the words name: "thirteen days after March 5".
    ShiftOf {
        /// How many.
        quantity: Quantity,
        /// The unit.
        unit: Unit,
        /// To which side.
        direction: Direction,
        /// The date counted from.
        base: Box<Meaning>,
    },
    /// A decade: its first year; two digits ("the '80s") leave the century open.
    Decade(YearSaid),
    /// A century by number: 20 is 1901–2000, named XX; negative before Christ.
    Century(i32),
    /// A time of day, on the day that the second part names (the anchor's when none).
    At(Clock, Option<Box<Meaning>>),
    /// "now", "currently".
    Present,
    /// "recently", "once", "former times".
    Past,
    /// "soon", "in the future".
    Future,
    /// A length of time; more than one pair where the words add up ("two years and six months").
    Duration(Vec<(Quantity, Unit)>),
    /// Something that recurs.
    Set(SetMeaning),
    /// From the first to the second: "3–5 March", "2009-10".
    Range(Box<Meaning>, Box<Meaning>),
    /// A unit that the text has told of, or the publication day's: "the quarter", "the latest period".
    Definite {
        /// The unit.
        unit: Unit,
        /// How many years before: 1 for "the year-earlier quarter".
        years_back: u8,
    },
    /// The last or coming stretch up to or from the anchor: "the past two weeks".
    Stretch {
        /// How long.
        quantity: Quantity,
        /// In which unit.
        unit: Unit,
        /// To which side.
        direction: Direction,
    },
    /// A numeric date whose day and month could be either way round: "3/4/2019".
    Numeric {
        /// The first number.
        first: u8,
        /// The second number.
        second: u8,
        /// The year, when it is written.
        year: Option<YearSaid>,
    },
    /// A holiday by its key in the language's list, of a year.
    Holiday {
        /// Index in the list of holidays.
        holiday: u8,
        /// The year, when it is written.
        year: Option<YearSaid>,
        /// "last Christmas".
        direction: Option<Direction>,
        /// The week or weekend that it makes: "Thanksgiving weekend".
        around: Option<Unit>,
    },
    /// One of the days, weeks or weekdays in, before or after a date: "the first week of May", "the Monday
    /// after Easter".
    Nth {
        /// Which: 1 is the first, -1 the last.
        nth: i32,
        /// Of what.
        piece: Piece,
        /// Before, within or after the date.
        side: Direction,
        /// The date.
        base: Box<Meaning>,
    },
    /// The date told last, as fine as it was told: "by then".
    Then,
}

/// What a date is cut into to count in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Piece {
    /// Its Tuesdays.
    Weekday(Weekday),
    /// Its days, weeks, months.
    Unit(Unit),
}

/// What a shift counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ShiftFrom {
    /// The publication date.
    Published,
    /// The date told last.
    Previous,
}

/// What recurs, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SetMeaning {
    /// The unit or weekday or month that recurs.
    pub every: SetEvery,
    /// "every two weeks": 2.
    pub quantity: Quantity,
    /// "twice a week": 2.
    pub times: Option<u8>,
}

/// What recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SetEvery {
    /// "daily", "every year".
    Unit(Unit),
    /// "every Monday", "Mondays".
    Weekday(Weekday),
    /// "every March" (1–12), "each spring" (21–24).
    Part(u8),
    /// "every morning".
    DayPart(DayPart),
    /// "every Monday morning".
    WeekdayPart(Weekday, DayPart),
    /// "every July 4": month and day.
    MonthDay(u8, u8),
}
