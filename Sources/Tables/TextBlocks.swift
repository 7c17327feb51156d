/// A text as UTF-8, one block after another, without its byte-order mark.
protocol TextBlocks: AnyObject {
    /// The next block, valid until the next call; `nil` at the end.
    func next() throws(TablesError) -> UnsafeBufferPointer<UInt8>?
    /// Where the last block has bytes that the encoding does not know, ascending. A character cut short may be reported at the byte after it.
    var invalidOffsets: [Int] { get }
    /// Whether the text ends inside a character; known at the end.
    var endsInsideCharacter: Bool { get }
    /// Whether the text started with a byte-order mark; known after the first block.
    var hadByteOrderMark: Bool { get }
}

/// A source that has been looked at: its first bytes are known, and count as not yet read.
struct OpenedSource {
    let source: any ByteSource
    let encoding: TextEncoding
    /// Bytes that were read already.
    var head: [UInt8]
    let bytesInBlock: Int
    /// Whether the source starts within a text: then a mark is data, as anywhere but at a text's start.
    let isContinuation: Bool

    /// Looks at the start of a source, and for `auto` at all of it.
    ///
    /// - Throws: ``TablesError/unsupportedEncoding(path:name:)`` for a mark of UTF-16, and what the source throws.
    init(_ source: any ByteSource, encoding: TextEncoding, bytesInBlock: Int) throws(TablesError) {
        self.source = source
        self.bytesInBlock = max(1, bytesInBlock)
        isContinuation = false
        head = try Self.start(of: source, atMost: Byte.mark.count)
        // Neither FF FE nor FE FF can stand in UTF-8 or in GB18030.
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            throw .unsupportedEncoding(path: source.name, name: "UTF-16")
        }
        switch encoding {
        case .utf8, .utf8WithMark, .gb18030: self.encoding = encoding
        case .auto where head == Byte.mark: self.encoding = .utf8
        case .auto:
            try source.rewind()
            self.encoding = try Self.isUTF8(source, bytesInBlock: self.bytesInBlock) ? .utf8 : .gb18030
            try source.rewind()
            head = []
        }
    }

    /// A source whose first byte continues a text in a known encoding.
    init(continuing source: any ByteSource, encoding: TextEncoding, bytesInBlock: Int) {
        self.source = source
        self.encoding = encoding
        self.bytesInBlock = max(1, bytesInBlock)
        isContinuation = true
        head = []
    }

    /// The text of the source.
    func blocks() throws(TablesError) -> any TextBlocks {
        encoding == .gb18030 ? try GB18030Blocks(self) : UTF8Blocks(self)
    }

    private static func start(of source: any ByteSource, atMost count: Int) throws(TablesError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer[..<(try source.fill(buffer))])
    }

    private static func isUTF8(_ source: any ByteSource, bytesInBlock: Int) throws(TablesError) -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytesInBlock, alignment: 16)
        defer { buffer.deallocate() }
        var validation = UTF8Validation()
        var invalid: [Int] = []
        while true {
            let count = try source.read(into: buffer)
            if count == 0 { return !validation.isInsideCharacter }
            validation.check(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]), invalid: &invalid)
            if !invalid.isEmpty { return false }
        }
    }
}

/// Text that is UTF-8 already: its bytes are checked and handed on as they are.
final class UTF8Blocks: TextBlocks {
    private(set) var invalidOffsets: [Int] = []
    private(set) var hadByteOrderMark = false
    var endsInsideCharacter: Bool { validation.isInsideCharacter }

    private let source: any ByteSource
    private var head: [UInt8]
    private var validation = UTF8Validation()
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private let bytesInBlock: Int
    private var isAtStart: Bool

    init(_ opened: OpenedSource) {
        source = opened.source
        head = opened.head
        bytesInBlock = opened.bytesInBlock
        buffer = .allocate(capacity: max(bytesInBlock, Byte.mark.count))
        buffer.initialize(repeating: 0)
        isAtStart = !opened.isContinuation
    }

    deinit { buffer.deallocate() }

    func next() throws(TablesError) -> UnsafeBufferPointer<UInt8>? {
        var count = 0
        if isAtStart {
            isAtStart = false
            if head.isEmpty { head = try firstBytes() }
            if head == Byte.mark {
                hadByteOrderMark = true
            } else {
                count = buffer.update(fromContentsOf: head)
            }
        }
        if count < bytesInBlock {
            count += try source.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<bytesInBlock]))
        }
        guard count > 0 else { return nil }
        invalidOffsets.removeAll(keepingCapacity: true)
        let block = UnsafeBufferPointer(rebasing: buffer[..<count])
        validation.check(block, invalid: &invalidOffsets)
        return block
    }

    /// After a rewind nothing has been read yet.
    private func firstBytes() throws(TablesError) -> [UInt8] {
        let count = try source.fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<Byte.mark.count]))
        return Array(buffer[..<count])
    }
}
