import Bytes
import Fixture
import Identity
import Seeding
import Testing

@Suite("Key rings")
struct KeyRingTests {
    private let folder = TemporaryFolder()
    private let start = Issuer.now
    private let month: Int64 = 30 * 24 * 3600

    private var ring: KeyRingFolder { KeyRingFolder(folder.file("keys")) }

    private func path(_ name: String) -> String { folder.file("keys/\(name)") }

    @Test("the first upkeep makes a key that signs and one that is next, for the owner's eyes only")
    func first() throws {
        let made = try ring.upkeep(nowSeconds: start)
        #expect(made.keys.map(\.signsFromSeconds) == [start, start + month])
        #expect(made.current(nowSeconds: start).keyID == made.keys[0].keyID)
        #expect(made.next(nowSeconds: start)?.keyID == made.keys[1].keyID)
        #expect(made.published(nowSeconds: start).keys == made.keys.map(\.verifyingKey))
        #expect(made.keys[0].keyID.hasPrefix("2026-11-26-"))
        #expect(made.keys[1].keyID.hasPrefix("2026-12-26-"))
        #expect(TemporaryFolder.names(in: ring.path) == ["0001.key", "0002.key"])
        #expect(TextFile.permissions(ring.path) == 0o700)
        #expect(TextFile.permissions(path("0001.key")) == 0o600)
    }

    @Test("a restart finds the same keys")
    func restart() throws {
        let before = try ring.upkeep(nowSeconds: start)
        let after = try ring.upkeep(nowSeconds: start + 3600)
        #expect(after.keys.map(\.keyID) == before.keys.map(\.keyID))
        let signature = try before.keys[0].sign("x")
        #expect(after.keys[0].verifyingKey.verifies(signature, of: "x"))
    }

    @Test("the next key signs when its time has come, without anybody writing anything")
    func rotation() throws {
        let made = try ring.upkeep(nowSeconds: start)
        let turn = start + month
        #expect(made.current(nowSeconds: turn - 1).keyID == made.keys[0].keyID)
        #expect(made.current(nowSeconds: turn).keyID == made.keys[1].keyID)
        #expect(made.next(nowSeconds: turn) == nil)
    }

    @Test("a key that signs no more stays published until its last token has been over for 5 min")
    func retired() throws {
        let old = try ring.upkeep(nowSeconds: start).keys[0]
        let turn = start + month
        for seconds in [turn, turn + 899] {
            let published = try ring.upkeep(nowSeconds: seconds).published(nowSeconds: seconds)
            #expect(published.keys.count == 3 && published[old.keyID] != nil)
        }
        let ring = try self.ring.upkeep(nowSeconds: turn + 900)
        #expect(ring.published(nowSeconds: turn + 900).keys.count == 2)
        #expect(ring.keys.allSatisfy { $0.keyID != old.keyID })
        #expect(TemporaryFolder.names(in: self.ring.path) == ["0002.key", "0003.key"])
    }

    @Test("whoever slept for a hundred days goes on with the next key and announces another first")
    func longSleep() throws {
        let made = try ring.upkeep(nowSeconds: start)
        let late = start + 100 * 24 * 3600
        let ring = try self.ring.upkeep(nowSeconds: late)
        #expect(ring.current(nowSeconds: late).keyID == made.keys[1].keyID)
        #expect(ring.next(nowSeconds: late)?.signsFromSeconds == late + 3600)
        #expect(ring.published(nowSeconds: late).keys.count == 2)
    }

    @Test("a clock that was set back leaves the first key in charge and makes no more")
    func setBack() throws {
        let made = try ring.upkeep(nowSeconds: start)
        let ring = try self.ring.upkeep(nowSeconds: start - 5 * month)
        #expect(ring.current(nowSeconds: start - 5 * month).keyID == made.keys[0].keyID)
        #expect(ring.keys.count == 2)
    }

    @Test("over 100 days every token is verified with keys fetched up to five minutes before")
    func noGap() throws {
        var random = SeededRandom()
        let signer = TokenSigner(issuer: Issuer.name, audience: Issuer.audience)
        let grant = TokenGrant(subject: 1, session: "s_1", version: 1, roles: [])
        var now = start
        var ring = try self.ring.upkeep(nowSeconds: now)
        var fetched = ring.published(nowSeconds: now)
        var alive: [(token: ByteString, until: Int64)] = []
        var names: Set<String> = []
        while now < start + 100 * 24 * 3600 {
            let token = try signer.sign(grant, with: ring, nowSeconds: now)
            alive.append((ByteString(token), now + 600))
            alive.removeAll { $0.until <= now }
            let verifier = TokenVerifier(
                keys: fetched, issuer: Issuer.name, audience: Issuer.audience)
            for (token, _) in alive {
                _ = try verifier.verify(token, nowSeconds: now)
            }
            names.formUnion(fetched.keys.map(\.keyID))
            #expect((2...3).contains(fetched.keys.count))
            // Dense around a rotation, an hour otherwise.
            let sinceTurn = (now - start) % month
            let isNearTurn = sinceTurn > month - 7200 || sinceTurn < 3600
            let step = Int64.random(in: isNearTurn ? 1...290 : 3000...3590, using: &random)
            // The verifier asks on its own clock: it knows what was published before the step.
            fetched = ring.published(nowSeconds: isNearTurn ? now : now + step)
            now += step
            ring = try self.ring.upkeep(nowSeconds: now)
        }
        #expect(names.count == 5, "four have signed, one is next: \(random)")
    }

    @Test("processes that start at once end up with the same ring", arguments: 0..<5)
    func race(_ round: Int) async throws {
        let folder = ring
        let start = start
        let rings = try await withThrowingTaskGroup(of: [String].self) { group in
            for second in 0..<12 {
                // Their clocks differ a little, around midnight.
                group.addTask {
                    try folder.upkeep(nowSeconds: start - 6 + Int64(second)).keys.map(\.keyID)
                }
            }
            return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
        }
        #expect(rings.count == 1 && rings.first?.count == 2)
        #expect(TemporaryFolder.names(in: folder.path) == ["0001.key", "0002.key"])
    }

    @Test("processes that rotate at once end up with the same ring")
    func raceOfRotation() async throws {
        let folder = ring
        let turn = start + month + 1000
        let first = try folder.upkeep(nowSeconds: start)
        let rings = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<12 {
                group.addTask { try folder.upkeep(nowSeconds: turn).keys.map(\.keyID) }
            }
            return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
        }
        #expect(rings.count == 1 && rings.first?.first == first.keys[1].keyID)
        #expect(TemporaryFolder.names(in: folder.path) == ["0002.key", "0003.key"])
    }
}
