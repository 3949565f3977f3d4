import Bytes

/// Bytes as test vectors write them: hexadecimal digits, white space anywhere.
func bytes(hex text: String) -> ByteString {
    let digits = text.utf8.compactMap { ASCII.hexValue($0) }
    return ByteString(
        stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
}

func hex(_ bytes: ByteString) -> String {
    bytes.array.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
