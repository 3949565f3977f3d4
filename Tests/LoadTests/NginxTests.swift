import CLinux
import Glibc
import Testing

@testable import LoadEngine

/// The peer that figures are compared with, so the generator must read it faultlessly.
@Suite struct NginxTests {
    static let binary = "/usr/sbin/nginx"
    static let isInstalled = access(binary, X_OK) == 0

    @Test("nginx is driven without a fault, and its CPU time is seen", .enabled(if: isInstalled))
    func fixedAnswer() throws {
        let nginx = try Nginx()
        defer { nginx.stop() }
        let command = try Command([
            "closed", "--warmup=0s", "--requests=20000", "--connections=16",
            "--pid-tree=nginx=\(nginx.pid)", "http://127.0.0.1:\(nginx.port)/{1..9}",
        ])
        guard case .run(let plan, _) = command else { return }
        let report = try LoadRun(plan: plan).report()
        #expect(report.isClean && report.tally.answered == 20_000)
        let usage = try #require(report.usage.processes.first)
        let cost = try #require(usage.cpuMicrosecondsPerRequest)
        #expect(usage.pids.count == 2 && cost > 0.5 && usage.residentBytes > 0)
    }
}

/// An nginx of its own in a temporary folder, which inherits a listening socket: no port can be
/// taken from it.
struct Nginx {
    let pid: pid_t
    let port: UInt16
    private let folder: String

    init() throws {
        var template = Array("/tmp/load-nginx.XXXXXX".utf8CString)
        folder = String(cString: mkdtemp(&template))
        let listener = TestServer.listen()
        defer { close(listener) }
        port = TestServer.port(of: listener)
        let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { [folder] in "\($0)_temp_path \(folder)/\($0);" }.joined()
        let configuration = """
            daemon off; worker_processes 1; pid \(folder)/pid; error_log \(folder)/error.log;
            events {} http { access_log off; \(paths) keepalive_requests 1000000;
            server { listen 127.0.0.1:\(port); location / { return 200 "hello"; } } }
            """
        let file = fopen("\(folder)/nginx.conf", "w")
        fputs(configuration, file)
        fclose(file)
        let words = [NginxTests.binary, "-p", folder, "-c", "\(folder)/nginx.conf"]
        var arguments = words.map { strdup($0) } + [nil]
        // nginx's own way of taking over a socket from its predecessor.
        var environment = [strdup("NGINX=\(listener);"), nil]
        defer { (arguments + environment).forEach { free($0) } }
        var child = pid_t()
        let code = posix_spawn(&child, NginxTests.binary, nil, nil, &arguments, &environment)
        guard code == 0 else { throw LoadFailure.run("nginx: \(SystemError.text(code))") }
        pid = child
    }

    func stop() {
        kill(pid, SIGTERM)
        waitpid(pid, nil, 0)
        for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi", "error.log", "pid"] {
            remove("\(folder)/\(name)")
        }
        remove("\(folder)/nginx.conf")
        remove(folder)
    }
}
