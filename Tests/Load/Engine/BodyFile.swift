import Glibc

/// The body that `--body-file` names, read once.
enum BodyFile {
    static func read(_ path: String) throws(LoadFailure) -> [UInt8] {
        guard let file = unsafe fopen(path, "re") else {
            throw .usage("--body-file \(path): \(SystemError.text())")
        }
        defer { unsafe fclose(file) }
        var body: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe fread(buffer.baseAddress, 1, buffer.count, file)
            }
            body.append(contentsOf: chunk[..<count])
            guard unsafe ferror(file) == 0 else {
                throw .usage("--body-file \(path): \(SystemError.text())")
            }
            guard body.count <= LoadLimits.bodyBytesMax else {
                throw .usage(
                    "--body-file \(path): larger than \(LoadLimits.bodyBytesMax >> 20) MiB")
            }
            if count == 0 { return body }
        }
    }
}
