import Bytes
import Glibc

/// What Prometheus wants to know about any process, read from the system at every scrape.
package enum ProcessMetrics {
    /// Adds them under their customary names.
    package static func register(in metrics: Metrics) {
        let started = Double(Timestamp.now().milliseconds) / 1000
        metrics.collect(
            "process_start_time_seconds", "When the process started, in seconds since 1970.", .gauge
        ) { $0.add(started) }
        metrics.collect(
            "process_cpu_seconds_total", "Processor time used, user and system.", .counter
        ) { $0.add(cpuSeconds()) }
        metrics.collect(
            "process_resident_memory_bytes", "Memory held in RAM.", .gauge
        ) { $0.add(residentBytes()) }
        metrics.collect("process_open_fds", "File descriptors open.", .gauge) {
            $0.add(openFiles())
        }
        metrics.collect("process_max_fds", "File descriptors allowed.", .gauge) {
            $0.add(allowedFiles())
        }
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return .nan }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    /// The second number of `statm` counts resident pages.
    private static func residentBytes() -> Double {
        let pages = firstBytes(of: "/proc/self/statm").split(separator: ASCII.space).dropFirst()
            .first
        guard let pages, let count = Int(String(decoding: pages, as: UTF8.self)) else {
            return .nan
        }
        return Double(count * sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func openFiles() -> Double {
        guard let folder = unsafe opendir("/proc/self/fd") else { return .nan }
        defer { unsafe closedir(folder) }
        var entries = 0
        while unsafe readdir(folder) != nil { entries += 1 }
        // Not counted: `.`, `..` and the descriptor that reads the folder.
        return Double(entries - 3)
    }

    private static func allowedFiles() -> Double {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .nan
        }
        return Double(limit.rlim_cur)
    }

    private static func firstBytes(of path: String) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}
