import CLibCSV
import Glibc

/// One iconv descriptor.
final class EncodingConverter {
    /// How far a conversion came: bytes read and bytes written, and why it stopped.
    enum Outcome {
        case done(read: Int, written: Int)
        /// The input ends inside a character.
        case incomplete(read: Int, written: Int)
        /// The next byte of the input begins no character.
        case invalid(read: Int, written: Int)
        /// There is no room for the next character.
        case full(read: Int, written: Int)
    }

    private let descriptor: iconv_t

    /// `nil` where the C library lacks its conversion modules; `errno` says so.
    init?(from: String, to: String) {
        guard let opened = iconv_open(to, from), opened != iconv_t(bitPattern: -1) else { return nil }
        descriptor = opened
    }

    deinit { _ = iconv_close(descriptor) }

    func convert(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Outcome {
        guard let from = input.baseAddress, let to = output.baseAddress else { return .done(read: 0, written: 0) }
        // iconv takes its input as `char **` and does not write to it.
        var source: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: from).assumingMemoryBound(to: CChar.self)
        var target: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(to).assumingMemoryBound(to: CChar.self)
        var left = input.count
        var room = output.count
        let answer = iconv(descriptor, &source, &left, &target, &room)
        let (read, written) = (input.count - left, output.count - room)
        guard answer == -1 else { return .done(read: read, written: written) }
        switch errno {
        case EINVAL: return .incomplete(read: read, written: written)
        case E2BIG: return .full(read: read, written: written)
        default: return .invalid(read: read, written: written)
        }
    }
}
