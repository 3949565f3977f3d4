import Testing

@testable import LoadEngine

@Suite struct SpreadTests {
    @Test("the median of an odd number is the middle one") func odd() {
        let spread = Spread([3, 1, 2])
        #expect(spread?.median == 2 && spread?.low == 1 && spread?.high == 3)
    }

    @Test("the median of an even number lies between the middle ones") func even() {
        #expect(Spread([4, 1, 3, 2])?.median == 2.5)
    }

    @Test("nothing has no middle") func none() { #expect(Spread([]) == nil) }

    @Test("the order of the sides turns with each round") func order() {
        #expect(RatioPlan.order(ofRound: 0) == [.first, .second, .baseline])
        #expect(RatioPlan.order(ofRound: 1) == [.baseline, .second, .first])
    }
}
