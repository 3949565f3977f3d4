import Bytes
import Glibc
import HTTP
import Seeding
import Testing

@Suite("Dates")
struct HTTPDateTests {
    @Test("the date of RFC 9110 is written as there")
    func example() {
        #expect(
            HTTPDate.bytes(secondsSince1970: 784_111_777).text == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    }

    @Test("dates agree with the system's calendar and parse back")
    func agreesWithSystem() {
        var random = SeededRandom()
        let corners: [Int64] = [
            0, -1, 86_399, 86_400, 951_782_400, 951_868_799, 4_107_542_400,
            HTTPDate.secondsRange.lowerBound, HTTPDate.secondsRange.upperBound,
        ]
        let others = (0..<5000).map { _ in Int64.random(in: HTTPDate.secondsRange, using: &random) }
        for seconds in corners + others {
            let text = HTTPDate.bytes(secondsSince1970: seconds).text
            guard text == systemDate(seconds), HTTPDate.parse(text) == seconds else {
                Issue.record("\(random): \(seconds) is \(text), not \(systemDate(seconds))")
                return
            }
        }
    }

    @Test("seconds beyond four-digit years are written as the nearest that fits")
    func clamps() {
        #expect(HTTPDate.bytes(secondsSince1970: .max).text == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate.bytes(secondsSince1970: .min).text == "Mon, 01 Jan 0001 00:00:00 GMT")
    }

    @Test(
        "what is no date is refused",
        arguments: [
            "", "Sun, 06 Nov 1994 08:49:37", "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT", "Wed, 30 Feb 2000 00:00:00 GMT",
            "Thu, 29 Feb 1900 00:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 gmt",
            "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func refused(_ text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    @Test("a mutated date is refused or is the date it says")
    func mutations() {
        var random = SeededRandom()
        let base = Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)
        for _ in 0..<5000 {
            let bytes = random.mutated(base)
            let parsed = bytes.withUnsafeBytes { HTTPDate.parse($0) }
            if let parsed {
                #expect(HTTPDate.bytes(secondsSince1970: parsed).array == bytes, "\(random)")
            }
        }
    }

    private func systemDate(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String("000\(parts.tm_year + 1900)".suffix(4))
        return days[Int(parts.tm_wday)] + ", \(two(parts.tm_mday)) "
            + months[Int(parts.tm_mon)] + " \(year) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }
}
