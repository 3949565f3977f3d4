/// A day of the Gregorian calendar, carried back before its beginning.
package struct CivilDate: Equatable {
    /// Counted as astronomers do, with a year 0.
    package let year: Int64
    /// 1…12
    package let month: Int64
    /// 1…31
    package let day: Int64

    /// Days from 0000-03-01 to 1970-01-01. Counting years from March puts the leap day last.
    private static let epochOffset: Int64 = 719_468
    /// Days of the 400 years after which the calendar repeats.
    private static let eraDays: Int64 = 146_097

    /// A day by its name; whether there is such a day, `exists` says.
    package init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// A day by its distance from 1970-01-01.
    package init(daysSinceEpoch: Int64) {
        let days = daysSinceEpoch + CivilDate.epochOffset
        let era = (days >= 0 ? days : days - CivilDate.eraDays + 1) / CivilDate.eraDays
        let dayOfEra = days - era * CivilDate.eraDays
        // Leap days up to here are taken out, so that every year has 365 days.
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / (CivilDate.eraDays - 1)
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - CivilDate.daysBefore(yearOfEra)
        // From March on, the months' lengths repeat every five months: 153 days.
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01.
    package var daysSinceEpoch: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = CivilDate.daysBefore(marchYear - era * 400) + dayOfYear
        return era * CivilDate.eraDays + dayOfEra - CivilDate.epochOffset
    }

    /// Whether the calendar has such a day: the 30th of February becomes another one on the way.
    package var exists: Bool {
        (1...12).contains(month) && (1...31).contains(day)
            && CivilDate(daysSinceEpoch: daysSinceEpoch) == self
    }

    private static func daysBefore(_ yearOfEra: Int64) -> Int64 {
        yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100
    }
}
