import Synchronization
import Testing

@testable import Records

@Suite("Conveyor")
struct ConveyorTests {
    private struct Numbers: Load {
        var list: [Int] = []
        var isEmpty: Bool { list.isEmpty }
        var isFull: Bool { list.count >= 10 }
        mutating func append(_ other: consuming Numbers) { list += other.list }
    }

    @Test("what was added comes out once, in order, and then the end")
    func order() async {
        let conveyor = Conveyor<Numbers>()
        async let adding: Void = {
            for number in 0..<1_000 { _ = await conveyor.add(Numbers(list: [number])) }
            conveyor.finish()
        }()
        var taken: [Int] = []
        while let numbers = await conveyor.take() { taken += numbers.list }
        await adding
        #expect(taken == Array(0..<1_000))
        #expect(await conveyor.take() == nil)
    }

    @Test("whoever adds waits while there is too much")
    func bounded() async {
        let conveyor = Conveyor<Numbers>()
        async let adding: Void = {
            for number in 0..<1_000 { _ = await conveyor.add(Numbers(list: [number])) }
            conveyor.finish()
        }()
        while let numbers = await conveyor.take() { #expect(numbers.list.count <= 10) }
        await adding
    }

    @Test("once nobody takes any more, whoever adds is told and does not wait")
    func abandoned() async {
        let conveyor = Conveyor<Numbers>()
        conveyor.abandon()
        #expect(await !conveyor.add(Numbers(list: Array(0..<100))))
    }
}
