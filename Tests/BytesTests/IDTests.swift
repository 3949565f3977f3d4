import Bytes
import Testing

private enum Thing {}

@Suite("ID and Slice")
struct IDTests {
    @Test("an identifier from outside is positive and exact in a double")
    func bounds() {
        #expect(ID<Thing>(checking: 1)?.rawValue == 1)
        #expect(ID<Thing>(checking: 1 << 53)?.rawValue == 1 << 53)
        for number in [0, -1, (1 << 53) + 1, .max, .min] as [Int64] {
            #expect(ID<Thing>(checking: number) == nil)
        }
        #expect(Int64(Double(ID<Thing>.rawValueMax)) == ID<Thing>.rawValueMax)
    }

    @Test("identifiers are ordered as their numbers")
    func order() {
        let ids = [ID<Thing>(3), ID(1), ID(2)]
        #expect(ids.sorted().map(\.rawValue) == [1, 2, 3])
        #expect(ids.max() == ID(3))
    }

    @Test("a slice without its start ends where it ended")
    func slices() {
        let slice = Slice(offset: 5, count: 7)
        #expect(slice.lower == 5 && slice.upper == 12 && !slice.isEmpty)
        #expect(slice.dropping(3) == Slice(offset: 8, count: 4))
        #expect(slice.dropping(7).isEmpty && Slice.empty.isEmpty)
    }
}
