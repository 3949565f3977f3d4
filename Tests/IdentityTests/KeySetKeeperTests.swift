import Bytes
import Fixture
import Identity
import Synchronization
import Testing

@Suite("The keeper of a verifier's keys")
struct KeySetKeeperTests {
    private struct Away: Error, CustomStringConvertible {
        var description: String { "the issuer is away" }
    }

    /// What an issuer answers, how often it was asked, and what was published.
    private final class Script: Sendable {
        struct State {
            var answer: Result<ByteString, Away> = .failure(Away())
            var asked = 0
            var published: [KeySet] = []
            var waiting: [CheckedContinuation<Void, Never>] = []
            var isHeld = false
        }

        let state = Mutex(State())

        var asked: Int { state.withLock { $0.asked } }
        var published: [KeySet] { state.withLock { $0.published } }

        func answer(_ bytes: ByteString?) {
            state.withLock { $0.answer = bytes.map { .success($0) } ?? .failure(Away()) }
        }

        /// Keeps those who ask waiting until `release`.
        func hold() { state.withLock { $0.isHeld = true } }

        func release() {
            let waiting = state.withLock { state in
                state.isHeld = false
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        func fetch() async throws -> ByteString {
            await withCheckedContinuation { continuation in
                let isHeld = state.withLock { state in
                    state.asked += 1
                    if state.isHeld { state.waiting.append(continuation) }
                    return state.isHeld
                }
                if !isHeld { continuation.resume() }
            }
            return try state.withLock { $0.answer }.get()
        }
    }

    private let folder = TemporaryFolder()
    private let script = Script()
    private let now = Issuer.now
    private let one: KeySet
    private let two: KeySet

    init() throws {
        let keys = try (0..<2).map { _ in
            try SigningKey.random(signsFromSeconds: Issuer.now).verifyingKey
        }
        one = KeySet([keys[0]])
        two = KeySet(keys)
    }

    private var path: String { folder.file("keys.json") }

    private func keeper(_ path: String? = nil) -> KeySetKeeper {
        let script = script
        return KeySetKeeper(
            path: path ?? self.path,
            publish: { keys in script.state.withLock { $0.published.append(keys) } },
            fetch: { try await script.fetch() })
    }

    @Test("what was fetched is used, kept in a file of its owner, and there after a restart")
    func kept() async throws {
        script.answer(one.json)
        let keeper = keeper()
        #expect(await keeper.keys == .empty)
        await keeper.refreshIfDue(nowSeconds: now)
        #expect(await keeper.keys == one)
        #expect(await keeper.lastFailure == nil)
        #expect(TextFile.read(path) == one.json.text)
        #expect(TextFile.permissions(path) == 0o600)
        script.answer(nil)
        let restarted = self.keeper()
        #expect(await restarted.keys == one)
        await restarted.refreshIfDue(nowSeconds: now)
        #expect(await restarted.keys == one)
        #expect(await restarted.lastFailure == "the issuer is away")
        #expect(script.published == [one, one])
    }

    @Test("nothing is asked before it is time, and the same answer is published once")
    func interval() async {
        script.answer(one.json)
        let keeper = keeper()
        for second in 0..<600 { await keeper.refreshIfDue(nowSeconds: now + Int64(second)) }
        #expect(script.asked == 2 && script.published == [one])
    }

    @Test(
        "an answer that is no use changes nothing",
        arguments: ["", "{}", "<html>", #"{"keys":[]}"#, #"{"keys":[{"kty":"RSA"}]}"#])
    func useless(_ answer: String) async throws {
        script.answer(one.json)
        let keeper = keeper()
        await keeper.refreshIfDue(nowSeconds: now)
        script.answer(ByteString(answer))
        await keeper.refreshIfDue(nowSeconds: now + 300)
        #expect(await keeper.keys == one)
        #expect(await keeper.lastFailure != nil)
        #expect(TextFile.read(path) == one.json.text)
        script.answer(two.json)
        await keeper.refreshIfDue(nowSeconds: now + 310)
        #expect(await keeper.keys == two)
        #expect(await keeper.lastFailure == nil)
        #expect(script.published == [one, two])
    }

    @Test("an unknown key is asked for at once, and not again within ten seconds")
    func unknownKey() async {
        script.answer(one.json)
        let keeper = keeper()
        await keeper.refreshIfDue(nowSeconds: now)
        script.answer(two.json)
        #expect(await !keeper.refreshForUnknownKey(nowSeconds: now + 9))
        #expect(await keeper.keys == one)
        #expect(await keeper.refreshForUnknownKey(nowSeconds: now + 10))
        #expect(await keeper.keys == two)
        for second in 11..<20 {
            #expect(await !keeper.refreshForUnknownKey(nowSeconds: now + Int64(second)))
        }
        #expect(script.asked == 2)
    }

    @Test("those who ask at the same time share one question and its answer")
    func shared() async {
        script.answer(one.json)
        script.hold()
        let keeper = keeper()
        let now = now
        let callers = (0..<8).map { _ in
            Task { await keeper.refreshForUnknownKey(nowSeconds: now) }
        }
        while script.asked == 0 { await Task.yield() }
        script.release()
        var askedSince = 0
        for caller in callers where await caller.value { askedSince += 1 }
        // Who came after the answer finds it there and asks nothing.
        #expect(askedSince >= 1 && script.asked == 1)
        #expect(await keeper.keys == one)
    }

    @Test("who gives up takes nothing from the others")
    func cancelled() async {
        script.answer(one.json)
        script.hold()
        let keeper = keeper()
        let now = now
        let caller = Task { await keeper.refreshIfDue(nowSeconds: now) }
        while script.asked == 0 { await Task.yield() }
        caller.cancel()
        script.release()
        await caller.value
        #expect(await keeper.keys == one)
    }

    @Test("a file that is damaged or open to others counts for nothing, and is replaced")
    func damaged() async throws {
        let modes: [(String, UInt32)] = [("{", 0o600), (two.json.text, 0o644), ("", 0o600)]
        for (text, mode) in modes {
            TextFile.write(path, text, mode: mode)
            script.answer(one.json)
            let keeper = keeper()
            #expect(await keeper.keys == .empty)
            #expect(await keeper.lastFailure != nil)
            await keeper.refreshIfDue(nowSeconds: now)
            #expect(await keeper.keys == one)
            #expect(TextFile.read(path) == one.json.text)
            #expect(TextFile.permissions(path) == 0o600)
        }
    }

    @Test("a file that cannot be written takes no key from anybody, and is told")
    func unwritable() async throws {
        script.answer(one.json)
        let lost = folder.file("no/such/keys.json")
        let keeper = keeper(lost)
        await keeper.refreshIfDue(nowSeconds: now)
        #expect(await keeper.keys == one)
        let failure = try #require(await keeper.lastFailure)
        #expect(failure == "cannot keep the keys in \(lost): No such file or directory")
    }
}
