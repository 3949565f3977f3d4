import Glibc

/// Reads the kernel's text files about processes.
enum ProcFile {
    /// The whole file, nil when it is gone or not ours to read.
    static func read(_ path: String) -> String? {
        guard let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while text.count < LoadLimits.procFileBytesMax {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe fread(buffer.baseAddress, 1, buffer.count, file)
            }
            guard unsafe ferror(file) == 0 else { return nil }
            if count == 0 { break }
            text.append(contentsOf: chunk[..<count])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The names in a folder that are numbers: processes in `/proc`, threads in `/proc/PID/task`.
    static func numbers(in folder: String) -> [Int32] {
        guard let directory = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(directory) }
        var numbers: [Int32] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                let length = MemoryLayout.size(ofValue: unsafe pointer.pointee)
                return unsafe pointer.withMemoryRebound(to: CChar.self, capacity: length) {
                    unsafe String(cString: $0)
                }
            }
            if let number = Int32(name) { numbers.append(number) }
        }
        return numbers
    }
}
