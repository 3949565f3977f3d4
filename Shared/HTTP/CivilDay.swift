/// A day of the Gregorian calendar, extended to all years, and its number since 1970.
///
/// Years are counted from March, so that the leap day is the last of its year, and in blocks of 400
/// years, which all have 146 097 days.
struct CivilDay {
    let daysSince1970: Int64
    let year: Int
    let month: Int
    let day: Int

    private static let daysPerEra: Int64 = 146_097
    /// Days from 1 March of year 0 to 1 January 1970.
    private static let daysBefore1970: Int64 = 719_468

    init(daysSince1970: Int64) {
        self.daysSince1970 = daysSince1970
        let shifted = daysSince1970 + CivilDay.daysBefore1970
        let era = (shifted >= 0 ? shifted : shifted - CivilDay.daysPerEra + 1) / CivilDay.daysPerEra
        let dayOfEra = Int(shifted - era * CivilDay.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
    }

    /// Nil unless there is such a day in the years 1 to 9999.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDay.days(inMonth: month, of: year)
        else { return nil }
        let fromMarch = month > 2 ? month - 3 : month + 9
        let shiftedYear = month > 2 ? year : year - 1
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear % 400
        let dayOfYear = (153 * fromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 =
            Int64(era) * CivilDay.daysPerEra + Int64(dayOfEra) - CivilDay.daysBefore1970
        self.year = year
        self.month = month
        self.day = day
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    }
}
