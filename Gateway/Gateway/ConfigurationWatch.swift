import Bytes

/// Notices that the configuration file has other content than when it was last looked at.
struct ConfigurationWatch {
    let file: ConfigurationFile
    private var stamp: ConfigurationFile.Stamp?
    private var bytes: ByteString?

    init(_ file: ConfigurationFile) { self.file = file }

    /// The configuration if the file's content is new, or whatever it is if `isAsked`. A fault is
    /// told once, not again until the file changes.
    mutating func look(isAsked: Bool = false) throws(ConfigurationError) -> GatewayConfiguration? {
        let now = file.stamp
        guard isAsked || now != stamp else { return nil }
        stamp = now
        let content = try file.read()
        guard isAsked || content != bytes else { return nil }
        bytes = content
        return try GatewayConfiguration.parse(content, file: file.path)
    }
}
