/// Collects numbers, texts and arrays as bytes, as they lie in this machine's memory: for the same program to read again, and for no other.
struct PartWriter {
    private(set) var bytes: [UInt8] = []

    /// - Parameter bytes: About how many there will be.
    init(expecting bytes: Int) { self.bytes.reserveCapacity(bytes) }

    mutating func put(_ number: Int) { withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) } }

    /// A number that may be missing.
    mutating func put(_ number: Int?) {
        put(number == nil ? 0 : 1)
        put(number ?? 0)
    }

    /// Entries of plain numbers, which must have no bytes between them that nobody sets.
    mutating func put<Entry: BitwiseCopyable>(_ entries: [Entry]) {
        put(entries.count)
        entries.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// One number of each entry, in as many bytes as the widest of them needs beyond the least.
    @inline(__always)
    mutating func put<Entry>(column entries: [Entry], _ number: (Entry) -> Int64) {
        var (least, most) = (Int64.max, Int64.min)
        entries.withUnsafeBufferPointer { entries in
            for entry in entries {
                let number = number(entry)
                (least, most) = (min(least, number), max(most, number))
            }
        }
        if entries.isEmpty { (least, most) = (0, 0) }
        let span = UInt64(bitPattern: most &- least)
        put(Int(least))
        switch span {
        case 0: put(0)
        case ...UInt64(UInt8.max): append(entries, as: UInt8.self) { number($0) &- least }
        case ...UInt64(UInt16.max): append(entries, as: UInt16.self) { number($0) &- least }
        case ...UInt64(UInt32.max): append(entries, as: UInt32.self) { number($0) &- least }
        default: append(entries, as: UInt64.self) { number($0) &- least }
        }
    }

    @inline(__always)
    private mutating func append<Entry, Narrow: FixedWidthInteger & BitwiseCopyable>(_ entries: [Entry], as type: Narrow.Type, _ number: (Entry) -> Int64) {
        put(MemoryLayout<Narrow>.size)
        let narrow = [Narrow](unsafeUninitializedCapacity: entries.count) { narrow, count in
            entries.withUnsafeBufferPointer { entries in
                for index in entries.indices { narrow.initializeElement(at: index, to: Narrow(truncatingIfNeeded: number(entries[index]))) }
            }
            count = entries.count
        }
        narrow.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ text: String) { put(Array(text.utf8)) }

    /// A text that may be missing.
    mutating func put(_ text: String?) {
        put(text == nil ? 0 : 1)
        if let text { put(text) }
    }
}

/// Gives back what `PartWriter` wrote, in the same order.
struct PartReader {
    /// The bytes are not what was written.
    struct Fault: Error {}

    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    /// Reads from the first byte on; valid as long as the bytes are.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number() throws(Fault) -> Int {
        guard bytes.count - place >= MemoryLayout<Int>.size else { throw Fault() }
        defer { place += MemoryLayout<Int>.size }
        return bytes.loadUnaligned(fromByteOffset: place, as: Int.self)
    }

    mutating func optionalNumber() throws(Fault) -> Int? {
        let isThere = try number() != 0
        let number = try number()
        return isThere ? number : nil
    }

    mutating func entries<Entry: BitwiseCopyable>(of type: Entry.Type) throws(Fault) -> [Entry] {
        let (count, stride) = (try number(), MemoryLayout<Entry>.stride)
        guard count >= 0, count <= (bytes.count - place) / stride else { throw Fault() }
        let source = UnsafeRawBufferPointer(rebasing: bytes[place..<(place + count * stride)])
        place += count * stride
        return Array(unsafeUninitializedCapacity: count) { entries, initialized in
            UnsafeMutableRawBufferPointer(entries).copyMemory(from: source)
            initialized = count
        }
    }

    /// Entries of as many columns, whose number stands before them.
    @inline(__always)
    mutating func entries<Entry>(_ columns: Int, _ entry: (Row) -> Entry) throws(Fault) -> [Entry] {
        let count = try number()
        var all: [Column] = []
        for _ in 0..<columns { all.append(try column(count)) }
        return all.withUnsafeBufferPointer { columns in
            [Entry](unsafeUninitializedCapacity: count) { entries, initialized in
                for index in 0..<count { entries.initializeElement(at: index, to: entry(Row(columns: columns, index: index))) }
                initialized = count
            }
        }
    }

    /// An entry's numbers, by column.
    struct Row {
        fileprivate let columns: UnsafeBufferPointer<Column>
        fileprivate let index: Int

        @inline(__always)
        subscript(column: Int) -> Int64 { columns[column][index] }
    }

    /// One number of each of as many entries.
    private mutating func column(_ count: Int) throws(Fault) -> Column {
        let (least, width) = (try number(), try number())
        guard [0, 1, 2, 4, 8].contains(width), count >= 0, width == 0 || count <= (bytes.count - place) / width else { throw Fault() }
        let start = place
        place += count * width
        return Column(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<place]), least: Int64(least), width: width)
    }

    /// Numbers where their bytes lie; valid as long as these are.
    struct Column {
        fileprivate let bytes: UnsafeRawBufferPointer
        fileprivate let least: Int64
        fileprivate let width: Int

        @inline(__always)
        subscript(index: Int) -> Int64 {
            switch width {
            case 0: least
            case 1: least &+ Int64(bytes.load(fromByteOffset: index, as: UInt8.self))
            case 2: least &+ Int64(bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
            case 4: least &+ Int64(bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
            default: least &+ Int64(bitPattern: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
            }
        }
    }

    mutating func text() throws(Fault) -> String { String(decoding: try entries(of: UInt8.self), as: UTF8.self) }

    mutating func optionalText() throws(Fault) -> String? { try number() != 0 ? try text() : nil }
}
