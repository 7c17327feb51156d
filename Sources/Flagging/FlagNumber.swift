import Crypto
import Foundation

/// Numbers of flags and commendations: a letter and 12 hexadecimal digits of SHA-256 over the parts that identify what is numbered.
enum FlagNumber {
    static func make(_ letter: String, of parts: [String]) -> String {
        // The separator cannot be part of a cell, so that no two lists of parts read the same.
        let text = parts.joined(separator: "\u{0}")
        return letter + SHA256.hash(data: Data(text.utf8)).prefix(6).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
