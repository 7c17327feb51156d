import Crypto

/// The parts that the beginning of a file is read in, and what opens each: of a file that has only grown, parts need not be hashed to be found.
///
/// It is locked like a part, with a key that is made of the SHA-256 of just that beginning, which is told nowhere.
struct FileIndex {
    private(set) var seals: [Range<Int>: PartSeal] = [:]

    /// - Parameter parts: In their order, from the file's first byte; only those are taken that end by the end of the beginning, and none after one that has no seal.
    init(_ parts: [(range: Range<Int>, seal: PartSeal?)], bytes: Int) {
        for part in parts where part.range.upperBound <= bytes {
            guard let seal = part.seal else { break }
            seals[part.range] = seal
        }
    }

    var bytes: [UInt8] {
        var writer = PartWriter(expecting: 64 + seals.count * 256)
        writer.put(seals.count)
        for (range, seal) in seals.sorted(by: { $0.key.lowerBound < $1.key.lowerBound }) {
            writer.put(range.lowerBound)
            writer.put(range.upperBound)
            seal.store(in: &writer)
        }
        return writer.bytes
    }

    init(from reader: inout PartReader) throws(PartReader.Fault) {
        for _ in 0..<(try reader.number()) {
            let (start, end) = (try reader.number(), try reader.number())
            guard start <= end else { throw PartReader.Fault() }
            seals[start..<end] = try PartSeal(from: &reader)
        }
    }
}

extension PartCache.Scope {
    /// What opens the parts of a file that begins as one of another night did; empty where none is known.
    func seals(of file: HashedFile) -> [Range<Int>: PartSeal] {
        // Of the longest beginning that is known: a file has grown by little since last night.
        for beginning in file.beginnings.reversed() {
            if let index = index(seal(ofBeginning: beginning)) { return index.seals }
        }
        return [:]
    }

    /// Keeps what opens the parts of a file.
    ///
    /// - Parameter parts: All that the file was read in, in their order.
    func keepSeals(_ parts: [(range: Range<Int>, seal: PartSeal?)], of file: HashedFile) {
        guard let beginning = file.beginnings.last else { return }
        let index = FileIndex(parts, bytes: file.beginnings.count * file.step)
        if !index.seals.isEmpty { store(index, under: seal(ofBeginning: beginning)) }
    }
}
