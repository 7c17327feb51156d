import CLibCSV
import Glibc

/// Text in GB18030, made UTF-8 by the C library's iconv and by a table that was asked of it.
final class GB18030Blocks: TextBlocks {
    private(set) var invalidOffsets: [Int] = []
    private(set) var hadByteOrderMark = false
    let endsInsideCharacter = false

    private let source: any ByteSource
    private let converter: EncodingConverter
    private let bytesInBlock: Int
    /// Bytes as they are in the file: first those of a character that the last block cut in two.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var pending: Int
    private var output: UnsafeMutableBufferPointer<UInt8>
    private var isAtStart: Bool
    private var isAtEnd = false

    init(_ opened: OpenedSource) throws(TablesError) {
        source = opened.source
        guard let converter = EncodingConverter(from: "GB18030", to: "UTF-8") else { throw .unreadable(path: opened.source.name, errno: errno) }
        self.converter = converter
        bytesInBlock = opened.bytesInBlock
        input = .allocate(capacity: bytesInBlock + 8)
        input.initialize(repeating: 0)
        pending = input.update(fromContentsOf: opened.head)
        // A bad byte becomes three, and nothing grows by more.
        output = .allocate(capacity: 3 * input.count)
        output.initialize(repeating: 0)
        isAtStart = !opened.isContinuation
    }

    deinit {
        input.deallocate()
        output.deallocate()
    }

    func next() throws(TablesError) -> UnsafeBufferPointer<UInt8>? {
        while !isAtEnd {
            var count = pending
            let more = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(input)[count..<count + bytesInBlock]))
            isAtEnd = more == 0
            count += more
            var made = try convert(count)
            if made > 0, isAtStart {
                isAtStart = false
                made = withoutMark(made)
            }
            if made > 0 { return UnsafeBufferPointer(rebasing: output[..<made]) }
        }
        return nil
    }

    /// Converts `count` bytes of the input, keeps a character that is not yet complete for the next time, and says how many bytes were made.
    private func convert(_ count: Int) throws(TablesError) -> Int {
        invalidOffsets.removeAll(keepingCapacity: true)
        var used = 0
        var made = 0
        while used < count {
            let common = GB18030Table.shared?.convert(
                UnsafeBufferPointer(rebasing: input[used..<count]), into: UnsafeMutableBufferPointer(rebasing: output[made...]))
            used += common?.read ?? 0
            made += common?.written ?? 0
            if used == count { break }
            // No character has more than four bytes: iconv is asked for the one that the table does not have, and what follows is common again.
            let end = min(count, used + 4)
            switch converter.convert(UnsafeBufferPointer(rebasing: input[used..<end]), into: UnsafeMutableBufferPointer(rebasing: output[made...])) {
            case .done(let read, let written):
                used += read
                made += written
            case .incomplete(let read, let written) where read > 0 && end < count:
                used += read
                made += written
            case .incomplete(let read, let written) where !isAtEnd:
                used += read
                made += written
                input.baseAddress?.update(from: input.baseAddress.unsafelyUnwrapped + used, count: count - used)
                pending = count - used
                return made
            case .incomplete(let read, let written), .invalid(let read, let written):
                // One byte is given up, not the whole sequence: the byte after it may be a line break.
                used += read + 1
                made += written
                invalidOffsets.append(made)
                made += output[made...].update(fromContentsOf: Byte.replacement) - made
            case .full:
                throw .unreadable(path: source.name, errno: E2BIG)
            }
        }
        pending = 0
        return made
    }

    /// Takes a byte-order mark off the start of the output.
    private func withoutMark(_ made: Int) -> Int {
        guard output[..<made].starts(with: Byte.mark) else { return made }
        hadByteOrderMark = true
        let rest = made - Byte.mark.count
        output.baseAddress?.update(from: output.baseAddress.unsafelyUnwrapped + Byte.mark.count, count: rest)
        invalidOffsets = invalidOffsets.map { $0 - Byte.mark.count }
        return rest
    }
}
