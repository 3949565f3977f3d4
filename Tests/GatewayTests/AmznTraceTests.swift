import Bytes
import Gateway
import Testing

@Suite struct AmznTraceTests {
    private let own = "1-63441c4a-0000000c00000000000000ab"

    private func passedOn(_ incoming: String?) -> String {
        let identifier = AmznTrace.Identifier(seconds: 0x6344_1c4a, high: 12, low: 0xab)
        var buffer = ByteBuffer()
        if let incoming {
            ByteString(incoming).withBytes { AmznTrace.write($0, identifier, into: &buffer) }
        } else {
            AmznTrace.write(nil, identifier, into: &buffer)
        }
        return buffer.freeze().text
    }

    @Test("a request without one gets a root")
    func none() {
        #expect(passedOn(nil) == "Root=\(own)")
        #expect(passedOn("") == "Root=\(own)")
    }

    @Test("a root keeps its place behind this hop's Self, with all custom fields")
    func root() {
        let incoming = "Root=1-67891233-abcdef012345678912345678;CalledFrom=app"
        #expect(passedOn(incoming) == "Self=\(own);\(incoming)")
    }

    @Test("another hop's Self is replaced, the rest kept")
    func selfReplaced() {
        let rest = "Root=1-67891233-abcdef012345678912345678;CalledFrom=app"
        #expect(passedOn("Self=1-1-2;\(rest)") == "Self=\(own);\(rest)")
        #expect(passedOn("\(rest);Self=1-1-2") == "\(rest);Self=\(own)")
    }

    @Test("a value beyond 7 KB becomes a new root")
    func oversized() {
        #expect(passedOn("Root=1-2-3;x=" + String(repeating: "y", count: 7_200)) == "Root=\(own)")
    }
}
