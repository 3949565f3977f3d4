/// Numbers as people read them.
enum Figures {
    /// `1 234 567`.
    static func grouped(_ number: Int) -> String {
        let digits = Array("\(number.magnitude)")
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += " " }
            text.append(digit)
        }
        return text
    }

    /// `3.1 s`.
    static func seconds(_ milliseconds: Int64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }

    /// How many a second; the whole number if no time has passed.
    static func rate(_ count: Int, _ milliseconds: Int64) -> Int {
        milliseconds > 0 ? count * 1000 / Int(milliseconds) : count
    }
}
