/// A day of the Gregorian calendar, carried back before its beginning.
struct CivilDate: Equatable {
    let year: Int64
    let month: Int64
    let day: Int64

    /// Days from 0000-03-01 to 1970-01-01. Counting years from March puts the leap day last.
    private static let epochOffset: Int64 = 719_468
    /// Days of the 400 years after which the calendar repeats.
    private static let eraDays: Int64 = 146_097

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int64) {
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

    var daysSinceEpoch: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = CivilDate.daysBefore(marchYear - era * 400) + dayOfYear
        return era * CivilDate.eraDays + dayOfEra - CivilDate.epochOffset
    }

    /// Whether the calendar has such a day: the 30th of February becomes another one on the way.
    var exists: Bool {
        (1...12).contains(month) && (1...31).contains(day)
            && CivilDate(daysSinceEpoch: daysSinceEpoch) == self
    }

    private static func daysBefore(_ yearOfEra: Int64) -> Int64 {
        yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100
    }
}
