/// Numbers for people: grouped digits, three significant ones where more would be noise, units.
enum NumberText {
    /// `1,234,567`
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A fixed number of decimals, rounded half up; groups the digits before the point.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "–" }
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((abs(number) * Double(scale)).rounded())
        let whole = grouped(scaled / scale)
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + whole }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(sign)\(whole).\(zeros)\(fraction)"
    }

    /// Three significant digits, no exponent: `0.0123`, `6.71`, `41.2`, `412`.
    static func significant(_ number: Double) -> String {
        switch abs(number) {
        case 0: "0"
        case 99.95...: fixed(number, 0)
        case 9.995...: fixed(number, 1)
        case 0.9995...: fixed(number, 2)
        default: fixed(number, 3)
        }
    }

    static func optional(_ number: Double?) -> String { number.map(significant) ?? "–" }

    static func percent(_ share: Double) -> String { fixed(share * 100, 0) + " %" }

    /// Nanoseconds as they were asked for: `3 s`, `250 ms`.
    static func exact(_ nanoseconds: Int) -> String {
        for (unit, size) in [("s", Nanoseconds.second), ("ms", Nanoseconds.millisecond)]
        where nanoseconds.isMultiple(of: size) {
            return "\(grouped(nanoseconds / size)) \(unit)"
        }
        return "\(grouped(nanoseconds / Nanoseconds.microsecond)) µs"
    }

    /// Nanoseconds as `850 ns`, `152 µs`, `1.52 ms`, `2.10 s`.
    static func duration(_ nanoseconds: Int) -> String { duration(Double(nanoseconds)) }

    static func duration(_ nanoseconds: Double) -> String {
        switch nanoseconds {
        case ..<999.5: fixed(nanoseconds, 0) + " ns"
        case ..<999.5e3: significant(nanoseconds / 1e3) + " µs"
        case ..<999.5e6: significant(nanoseconds / 1e6) + " ms"
        default: significant(nanoseconds / 1e9) + " s"
        }
    }

    /// `512 B`, `98.1 MiB`
    static func bytes(_ count: Double) -> String {
        var count = count
        for unit in ["B", "KiB", "MiB", "GiB"] {
            let digits = unit == "B" ? fixed(count, 0) : significant(count)
            if count < 999.5 { return digits + " " + unit }
            count /= 1024
        }
        return significant(count) + " TiB"
    }
}
