/// The keys of the rows of one part of a file.
struct KeyBlock: Sendable {
    /// 12 bytes for each row of a night, in words of four. Of the key's second hash half is kept: two keys are taken for one with a chance of 2⁻⁹⁶.
    struct Entry: BitwiseCopyable, Equatable, Sendable {
        let lowest: UInt32
        let low: UInt32
        let high: UInt32

        init(_ key: RecordHash) {
            (lowest, low) = (UInt32(truncatingIfNeeded: key.low), UInt32(truncatingIfNeeded: key.low >> 32))
            high = UInt32(truncatingIfNeeded: key.high)
        }
    }

    /// Rows whose lines follow one another.
    private struct Run: Sendable {
        let entry: Int32
        let line: Int32
    }

    let file: Int32
    var linesBefore: Int32 = 0
    private(set) var entries: [Entry] = []
    private var runs: [Run] = []
    private var nextLine = Int32.min

    init(file: Int32) { self.file = file }

    /// Gives back what growing has reserved and nobody used: tens of millions of entries wait for the end of their source.
    mutating func trim() { entries.trim() }

    func store(in writer: inout PartWriter) {
        writer.put(Int(linesBefore))
        writer.put(entries)
        writer.put(runs)
    }

    init(from reader: inout PartReader, file: Int32) throws(PartReader.Fault) {
        self.file = file
        linesBefore = Int32(truncatingIfNeeded: try reader.number())
        entries = try reader.entries(of: Entry.self)
        runs = try reader.entries(of: Run.self)
    }

    @inline(__always)
    mutating func append(_ entry: Entry, line: Int32) {
        if line != nextLine { runs.append(Run(entry: Int32(truncatingIfNeeded: entries.count), line: line)) }
        nextLine = line &+ 1
        entries.append(entry)
    }

    /// Passes the first entry of each run of rows whose lines follow one another, and where it stands.
    func forEachRun(_ body: (_ entry: Int, Position) -> Void) {
        for run in runs { body(Int(run.entry), Position(file: file, line: run.line + linesBefore)) }
    }

    /// Some of the entries, by what each is and the line on which it stands.
    @inline(__always)
    func filtered(_ isWanted: (Entry, _ line: Int32) -> Bool) -> KeyBlock {
        var wanted = KeyBlock(file: file)
        for (index, run) in runs.enumerated() {
            let end = index + 1 < runs.count ? Int(runs[index + 1].entry) : entries.count
            let linesLater = run.line - run.entry
            for place in Int(run.entry)..<end {
                let line = linesLater + Int32(truncatingIfNeeded: place)
                if isWanted(entries[place], line + linesBefore) { wanted.append(entries[place], line: line + linesBefore) }
            }
        }
        return wanted
    }

    func position(_ index: Int) -> Position {
        var (low, high) = (0, runs.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(runs[middle].entry) <= index { low = middle } else { high = middle }
        }
        return Position(file: file, line: runs[low].line + Int32(truncatingIfNeeded: index - Int(runs[low].entry)) + linesBefore)
    }
}
