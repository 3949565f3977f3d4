import Bytes
import Foundation
import Testing

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "a moment is written as RFC 3339 in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_785_587_696_789, "2026-08-01T12:34:56.789Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ])
    func written(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).text == text)
    }

    @Test("moments beyond four-digit years become the nearest that can be written")
    func clamped() {
        #expect(Timestamp(milliseconds: .max).text == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).text == "0000-01-01T00:00:00.000Z")
    }

    @Test("every moment reads back as itself and agrees with Foundation's calendar")
    func roundTrip() throws {
        let seed = UInt64.random(in: 1...(.max))
        var random = SplitMix(state: seed)
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<2_000 {
            // From the year 1600 on: Foundation switches to the Julian calendar before 1582.
            let milliseconds = Int64.random(
                in: -11_676_096_000_000...253_402_300_799_999, using: &random)
            let moment = Timestamp(milliseconds: milliseconds)
            #expect(Timestamp(parsing: moment.text) == moment, "seed \(seed)")
            let date = Date(
                timeIntervalSince1970: Double(milliseconds - milliseconds % 1000) / 1000)
            #expect(
                Timestamp(milliseconds: milliseconds - milliseconds % 1000).text
                    == date.formatted(format), "seed \(seed)")
        }
    }

    @Test(
        "every form of RFC 3339 is understood",
        arguments: [
            ("2026-08-01T12:34:56Z", 1_785_587_696_000),
            ("2026-08-01t12:34:56z", 1_785_587_696_000),
            ("2026-08-01T14:34:56.7+02:00", 1_785_587_696_700),
            ("2026-08-01T07:04:56.789123456-05:30", 1_785_587_696_789),
        ])
    func understood(text: String, milliseconds: Int64) {
        #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test(
        "what is not a moment is refused",
        arguments: [
            "", "2026-08-01", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-08-01T24:00:00Z",
            "2026-08-01T12:60:00Z", "2026-08-01T12:34:60Z", "2026-08-01T12:34:56",
            "2026-08-01 12:34:56Z",
            "2026-08-01T12:34:56.Z", "2026-08-01T12:34:56Zx", "2026-08-01T12:34:56+2:00",
            "+026-08-01T12:34:56Z", "1900-02-29T00:00:00Z", "2026-00-01T00:00:00Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test("now lies between two readings of the clock")
    func now() {
        let before = Int64(Date().timeIntervalSince1970 * 1000) - 1
        let moment = Timestamp.now().milliseconds
        let after = Int64(Date().timeIntervalSince1970 * 1000) + 1
        #expect((before...after).contains(moment))
    }
}

/// A small generator with a seed that a failing test can print.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
