import HTTP
import Testing

@testable import Routing

@Suite("Counting against a quota")
struct RateTableTests {
    private static let second: Int64 = 1_000_000

    @Test("allows the whole quota at once and gives it back evenly")
    func gives() {
        var table = RateTable(rows: 8)
        let quota = RateQuota(3, perSeconds: 60)
        let burst = (0..<5).map { _ in table.take(7, quota, now: 0).isAllowed }
        #expect(burst == [true, true, true, false, false])
        #expect(!table.take(7, quota, now: 20 * Self.second - 1).isAllowed)
        #expect(table.take(7, quota, now: 20 * Self.second).isAllowed)
        #expect(!table.take(7, quota, now: 20 * Self.second).isAllowed)
        let later = (0..<5).map { _ in table.take(7, quota, now: 3600 * Self.second).isAllowed }
        #expect(later == [true, true, true, false, false])
    }

    @Test(
        "allows exactly what a bucket of tokens would, in any order of times",
        arguments: [1, 20, UInt64.random(in: 0 ... .max)])
    func model(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let quota = RateQuota(
                Int.random(in: 1...20, using: &random),
                perSeconds: Int.random(in: 1...120, using: &random))
            var table = RateTable(rows: 16)
            let interval = quota.intervalMicroseconds
            // The model: what is owed, in microseconds, paid off by time.
            var owed: Int64 = 0
            var now: Int64 = 0
            for _ in 0..<200 {
                let step = Int64.random(in: 0...(2 * interval), using: &random)
                now += step
                owed = max(owed - step, 0)
                let mayPass = owed + interval <= interval * Int64(quota.count)
                if mayPass { owed += interval }
                let (isAllowed, wholeIn) = table.take(3, quota, now: now)
                #expect(isAllowed == mayPass, "seed \(seed)")
                #expect(wholeIn == owed, "seed \(seed)")
            }
        }
    }

    @Test(
        "in a crowded table nobody gets less than the quota",
        arguments: [2, 21, UInt64.random(in: 0 ... .max)])
    func crowded(_ seed: UInt64) {
        var random = Seeded(seed)
        var table = RateTable(rows: 8)
        let quota = RateQuota(4, perSeconds: 60)
        var allowed: [UInt64: Int] = [:]
        var refusals = 0
        for _ in 0..<2_000 {
            let subject = UInt64.random(in: 1...40, using: &random)
            if table.take(subject, quota, now: 0).isAllowed {
                allowed[subject, default: 0] += 1
            } else {
                refusals += 1
                #expect(allowed[subject, default: 0] >= quota.count, "seed \(seed)")
            }
        }
        #expect(refusals > 0)
    }

    @Test("a clock that is set back locks nobody out for longer than a window")
    func clockBack() {
        var table = RateTable(rows: 8)
        let quota = RateQuota(2, perSeconds: 10)
        let start = 1_000_000 * Self.second
        for _ in 0..<2 { _ = table.take(7, quota, now: start) }
        #expect(!table.take(7, quota, now: 0).isAllowed)
        let verdict = table.take(7, quota, now: 10 * Self.second)
        #expect(verdict.wholeIn <= 10 * Self.second)
    }
}

@Suite("Limited routes")
struct RateLimitTests {
    private func forum(_ quotas: RateQuotas, now: Clock = Clock()) -> Forum {
        var settings = Accounts.settings
        settings.quotas = quotas
        let routes: [Route] = [
            .get("/api/posts/search") { _ in Response.text("found") }.limited(.search),
            .put("/api/posts") { _ -> Response in throw APIError.notFound("it") }.limited(.post),
            .get("/api/posts") { _ in Response.text("list") },
        ]
        return Forum([TestModule(routes)], settings) { head in
            let usual = LoopbackTransport.fixedContext(head)
            return RequestContext(
                trace: usual.trace, arrivedAtMilliseconds: now.milliseconds, peer: usual.peer)
        }
    }

    private static let quotas = RateQuotas(
        [.search: RateQuota(3, perSeconds: 60), .post: RateQuota(10, perSeconds: 60)],
        young: [.post: RateQuota(2, perSeconds: 60)])

    @Test("say in every answer what is left, and 429 when nothing is")
    func fields() async throws {
        let clock = Clock()
        let forum = forum(Self.quotas, now: clock)
        var seen: [String?] = []
        for _ in 0..<3 {
            let response = try await forum.get("/api/posts/search")
            #expect(response.status == .ok)
            #expect(response.fields[.rateLimitPolicy] == "\"search\";q=3;w=60")
            seen.append(response.fields[.rateLimit])
        }
        #expect(
            seen == ["\"search\";r=2;t=20", "\"search\";r=1;t=40", "\"search\";r=0;t=60"])
        let refused = try await forum.get("/api/posts/search")
        #expect(refused.status == .tooManyRequests)
        #expect(refused.verdict == "rate-limited")
        #expect(refused.fields[.retryAfter] == "20")
        #expect(refused.fields[.rateLimit] == "\"search\";r=0;t=20")
        clock.advance(milliseconds: 20_000)
        #expect(try await forum.get("/api/posts/search").status == .ok)
    }

    @Test("count errors like answers, for each caller alone")
    func callers() async throws {
        let forum = forum(Self.quotas)
        let first = try await forum.send(.put, "/api/posts", .token("finn"))
        #expect(first.verdict == "not-found")
        #expect(first.fields[.rateLimit] == "\"post\";r=9;t=6")
        let second = try await forum.send(.put, "/api/posts", .token("simon"))
        #expect(second.fields[.rateLimit] == "\"post\";r=9;t=6")
        let third = try await forum.send(.put, "/api/posts", .token("finn"))
        #expect(third.fields[.rateLimit] == "\"post\";r=8;t=12")
    }

    @Test("count strangers by their address, and a site of IPv6 as one")
    func addresses() async throws {
        let forum = forum(Self.quotas)
        let left = { (address: String) async throws -> String? in
            let fields: Fields = [.xForwardedFor: address]
            return try await forum.get("/api/posts/search", fields).fields[.rateLimit]
        }
        #expect(try await left("203.0.113.7") == "\"search\";r=2;t=20")
        #expect(try await left("203.0.113.8") == "\"search\";r=2;t=20")
        #expect(try await left("2001:db8::1") == "\"search\";r=2;t=20")
        #expect(try await left("2001:db8::ffff:1") == "\"search\";r=1;t=40")
        #expect(try await left("2001:db8:0:1::1") == "\"search\";r=2;t=20")
    }

    @Test("allow less to accounts younger than a day")
    func young() async throws {
        let forum = forum(Self.quotas)
        let response = try await forum.send(.put, "/api/posts", .token("newcomer"))
        #expect(response.fields[.rateLimitPolicy] == "\"post\";q=2;w=60")
        let clock = Clock()
        clock.advance(milliseconds: 23 * 3_600_000)
        let grown = self.forum(Self.quotas, now: clock)
        let later = try await grown.send(.put, "/api/posts", .token("newcomer"))
        #expect(later.fields[.rateLimitPolicy] == "\"post\";q=10;w=60")
    }

    @Test("do not count the operator, nor anybody where quotas are off")
    func uncounted() async throws {
        let forum = forum(Self.quotas)
        let operators = try await forum.get("/api/posts/search", .token("secret"))
        #expect(operators.fields[.rateLimit] == nil)
        let free = self.forum(.off)
        for _ in 0..<10 {
            let response = try await free.get("/api/posts/search")
            #expect(response.status == .ok)
            #expect(response.fields[.rateLimit] == nil)
        }
    }

    @Test("are few: others say nothing of limits")
    func others() async throws {
        let response = try await forum(Self.quotas).get("/api/posts")
        #expect(response.fields[.rateLimit] == nil)
    }

    @Test("whatever has a name can be counted, such as an account somebody tries to enter")
    func names() throws {
        let limiter = RateLimiter(RateQuotas([.login: RateQuota(1, perSeconds: 60)]))
        let take = { (name: String) in
            try #require(limiter.take(.login, for: .name(name), nowMilliseconds: 0))
        }
        #expect(try take("finn").isAllowed)
        let second = try take("finn")
        #expect(!second.isAllowed)
        #expect(throws: APIError.self) { try second.require() }
        #expect(try take("jake").isAllowed)
        #expect(limiter.take(.search, for: .name("finn"), nowMilliseconds: 0) == nil)
    }

    @Test("the usual quotas limit every bucket, and no young account is given more")
    func usual() throws {
        for bucket in RateBucket.allCases {
            let grown = try #require(RateQuotas.usual.quota(bucket, isYoung: false))
            let young = try #require(RateQuotas.usual.quota(bucket, isYoung: true))
            #expect(young.count <= grown.count, "\(bucket)")
            #expect(young.windowSeconds == grown.windowSeconds, "\(bucket)")
        }
    }
}
