import Dispatch
import Identity
import Synchronization
import Testing

@Suite("The password pool")
struct PasswordPoolTests {
    /// Keeps one worker until it is opened.
    private final class Gate: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        private let isEntered = Atomic<Bool>(false)

        func enter() {
            isEntered.store(true, ordering: .releasing)
            semaphore.wait()
        }

        func open() { semaphore.signal() }

        func entered() async {
            while !isEntered.load(ordering: .acquiring) { await Task.yield() }
        }
    }

    /// A pool of one worker that is kept by a gate.
    private func keptPool(pendingMax: Int) async -> (PasswordPool, Gate, Task<Void, any Error>) {
        let pool = PasswordPool(parameters: cheap, workers: 1, pendingMax: pendingMax)
        let gate = Gate()
        let keeping = Task { try await pool.run { gate.enter() } }
        await gate.entered()
        return (pool, gate, keeping)
    }

    private func waitUntil(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    @Test("a right password is right, a wrong one and nobody's are wrong")
    func check() async throws {
        let pool = PasswordPool(parameters: cheap)
        let hash = try await pool.hash(password("correct horse"))
        #expect(hash.parameters == cheap)
        let right = try await pool.check(password("correct horse"), against: hash)
        #expect(right == .right(needsRehash: false))
        #expect(try await pool.check(password("wrong horse"), against: hash) == .wrong)
        #expect(try await pool.check(password("correct horse"), against: nil) == .wrong)
        await pool.close()
    }

    @Test("a right password with a hash of older costs is to be hashed again")
    func rehash() async throws {
        let dearer = try #require(ScryptParameters(logN: 5, blockSize: 1, parallelism: 1))
        let pool = PasswordPool(parameters: dearer, workers: 1)
        let old = try PasswordHash(password("correct horse"), cheap)
        let verdict = try await pool.check(password("correct horse"), against: old)
        #expect(verdict == .right(needsRehash: true))
        #expect(try await pool.check(password("wrong horse"), against: old) == .wrong)
        await pool.close()
    }

    @Test("who finds the queue full is refused at once, and those who wait are served")
    func overloaded() async throws {
        let (pool, gate, keeping) = await keptPool(pendingMax: 2)
        let waiting = (0..<2).map { number in Task { try await pool.run { number } } }
        await waitUntil { pool.pendingCount == 2 }
        await #expect(throws: PasswordPoolFault.overloaded) { try await pool.run {} }
        await #expect(throws: PasswordPoolFault.overloaded) {
            try await pool.hash(password("correct horse"))
        }
        #expect(pool.refusedCount == 2)
        gate.open()
        try await keeping.value
        for (number, task) in waiting.enumerated() { #expect(try await task.value == number) }
        #expect(try await pool.run { 7 } == 7)
        await pool.close()
    }

    @Test("those who wait keep no thread of Swift's pool")
    func suspended() async throws {
        let (pool, gate, keeping) = await keptPool(pendingMax: 200)
        let waiting = (0..<200).map { number in Task { try await pool.run { number } } }
        await waitUntil { pool.pendingCount == 200 }
        // Two hundred wait, more than there are threads: this one still runs.
        #expect(await Task.detached { true }.value)
        gate.open()
        try await keeping.value
        var sum = 0
        for task in waiting { sum += try await task.value }
        #expect(sum == 199 * 200 / 2)
        await pool.close()
    }

    @Test("who gives up while waiting leaves the queue, and the place is free")
    func cancelled() async throws {
        let (pool, gate, keeping) = await keptPool(pendingMax: 1)
        let impatient = Task { try await pool.run { 1 } }
        await waitUntil { pool.pendingCount == 1 }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        #expect(pool.pendingCount == 0)
        let next = Task { try await pool.run { 2 } }
        await waitUntil { pool.pendingCount == 1 }
        gate.open()
        #expect(try await next.value == 2)
        try await keeping.value
        await pool.close()
    }

    @Test("what a job throws reaches whoever asked")
    func throwing() async {
        let pool = PasswordPool(parameters: cheap, workers: 1)
        await #expect(throws: CryptoFault.noRandomness) {
            try await pool.run { throw CryptoFault.noRandomness }
        }
        await pool.close()
    }

    @Test("closing serves those who wait, refuses those who come, and ends the threads")
    func closing() async throws {
        let (pool, gate, keeping) = await keptPool(pendingMax: 4)
        let waiting = (0..<3).map { number in Task { try await pool.run { number } } }
        await waitUntil { pool.pendingCount == 3 }
        let closing = Task { await pool.close() }
        await waitUntil { pool.isClosed }
        await #expect(throws: PasswordPoolFault.closed) { try await pool.run {} }
        gate.open()
        try await keeping.value
        for (number, task) in waiting.enumerated() { #expect(try await task.value == number) }
        await closing.value
        await pool.close()
    }

    @Test("many callers at once each get their own answer")
    func crowd() async throws {
        let pool = PasswordPool(parameters: cheap, workers: 3, pendingMax: 500)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<400 { group.addTask { try await pool.run { number } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 399 * 400 / 2)
        await pool.close()
    }

    @Test("there is always a worker, and usually a processor for the rest")
    func workers() {
        #expect(PasswordPool.workersDefault >= 1)
        #expect(IdentityLimits.passwordsPendingMax == 32)
    }
}
