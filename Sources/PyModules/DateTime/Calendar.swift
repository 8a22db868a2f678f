// The proleptic Gregorian calendar: dates, ordinals (1 January of year 1 is day 1), ISO weeks. No objects.
// Rules: `datetime` module documentation; ISO 8601.

enum Calendar {
    static var minYear: Int { 1 }
    static var maxYear: Int { 9999 }
    /// The ordinal of 31 December 9999.
    static var maxOrdinal: Int { 3_652_059 }
    /// The ordinal of 1 January 1970.
    static var epochOrdinal: Int { 719_163 }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func daysInMonth(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days before 1 January of `year`.
    static func daysBefore(year: Int) -> Int {
        let y = year - 1
        return y * 365 + y / 4 - y / 100 + y / 400
    }

    /// Days of the year before the first of `month`.
    static func daysBefore(month: Int, in year: Int) -> Int {
        var days = 0
        var m = 1
        while m < month {
            days += daysInMonth(year, m)
            m += 1
        }
        return days
    }

    static func ordinal(_ year: Int, _ month: Int, _ day: Int) -> Int {
        daysBefore(year: year) + daysBefore(month: month, in: year) + day
    }

    /// - Precondition: 1 <= ordinal <= maxOrdinal.
    static func date(ordinal: Int) -> (year: Int, month: Int, day: Int) {
        var left = ordinal - 1
        let n400 = left / 146_097
        left %= 146_097
        let n100 = min(left / 36_524, 3)
        left -= n100 * 36_524
        let n4 = left / 1461
        left %= 1461
        let n1 = min(left / 365, 3)
        left -= n1 * 365
        let year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
        var month = 1
        while left >= daysInMonth(year, month) {
            left -= daysInMonth(year, month)
            month += 1
        }
        return (year, month, left + 1)
    }

    /// Monday 0 ... Sunday 6.
    static func weekday(_ year: Int, _ month: Int, _ day: Int) -> Int { (ordinal(year, month, day) + 6) % 7 }

    /// The ordinal of the Monday of ISO week 1.
    static func isoWeekOne(_ year: Int) -> Int {
        let first = ordinal(year, 1, 1)
        let weekday = (first + 6) % 7
        let monday = first - weekday
        return weekday > 3 ? monday + 7 : monday
    }

    static func isoCalendar(_ year: Int, _ month: Int, _ day: Int) -> (year: Int, week: Int, weekday: Int) {
        let today = ordinal(year, month, day)
        var isoYear = year
        var start = isoWeekOne(year)
        if today < start {
            isoYear -= 1
            start = isoWeekOne(isoYear)
        } else if today >= isoWeekOne(year + 1) {
            isoYear += 1
            start = isoWeekOne(isoYear)
        }
        let days = today - start
        return (isoYear, days / 7 + 1, days % 7 + 1)
    }
}

/// Floor division of machine words.
@inline(__always) func floorDivide(_ a: Int, _ b: Int) -> (quotient: Int, remainder: Int) {
    var q = a / b, r = a % b
    if r != 0 && (r < 0) != (b < 0) {
        q -= 1
        r += b
    }
    return (q, r)
}

/// `number` with leading zeros.
func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}
