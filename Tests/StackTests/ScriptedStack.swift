import Fixture
import Foundation
import HTTP
import HTTPServer
import Reactor
import Telemetry

@testable import Stack

/// A stack of shell scripts, whose readiness a server in this process answers for them.
final class ScriptedStack: Sendable {
    let folder = TemporaryFolder()
    private let group: EventLoopGroup
    private let server: HTTPServer
    private let log: Int32
    /// Nothing listens on the first port of all.
    private static let nobody = SocketAddress.loopback(1)

    init() async throws {
        group = try EventLoopGroup(count: 1)
        server = try await HTTPServer(
            on: .loopback(0), group: group, metrics: ServerMetrics(Metrics()),
            responder: AlwaysReady())
        log = open(folder.file("log"), O_RDWR | O_CREAT | O_APPEND, 0o600)
    }

    deinit {
        group.stop()
        close(log)
    }

    /// Starts a stack of these scripts; the first is its entry. The process `silent` is never
    /// ready; one without a text is not there.
    func start(
        _ scripts: [(name: String, text: String)], silent: String = ""
    ) async throws -> RunningStack {
        let processes = scripts.enumerated().map { index, script in
            let path = folder.file(script.name)
            if !script.text.isEmpty {
                folder.write(script.name, "#!/bin/sh\n\(script.text)\n")
                chmod(path, 0o700)
            }
            return ProcessPlan(
                name: script.name, executable: path, settings: [:],
                site: .fixed(script.name == silent ? Self.nobody : server.address),
                isEntry: index == 0)
        }
        let plan = StackPlan(
            processes: processes, entry: server.address, admin: nil, probes: ["/api/users"])
        let data = try DataFolder(creating: folder.path)
        let environment = ChildEnvironment(
            ["PATH": "/usr/bin:/bin"], secretFile: "")
        return try await RunningStack(
            plan, data, environment, Console(output: log, errors: log))
    }

    /// Everything said until now.
    var lines: [String] {
        (folder.read("log") ?? "").split(separator: "\n").map(String.init)
    }

    /// Waits until a line like that has been said, a bounded time.
    func wait(for text: String, times: Int = 1) async -> Bool {
        for _ in 0..<2_000 {
            if lines.filter({ $0.contains(text) }).count >= times { return true }
            // The scripts are other programs: nothing else tells when they have spoken.
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}

private struct AlwaysReady: Responder {
    func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan {
        .respond(.text("ready"))
    }

    func refuse(_ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext) -> Response {
        .text("\(fault.code)", status: fault.status)
    }
}
