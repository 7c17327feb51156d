/// Texts of which there are few, and which come by the million: found by their bytes, because making a text of each and hashing that as Unicode asks takes
/// longer than reading the row.
public struct WordTable: Sendable {
    /// Each text once.
    public private(set) var words: [String] = []
    private var placeOfWord: [String: Int] = [:]
    /// The spellings, one behind the other: a text may have more than one in bytes.
    private var bytes: [UInt8] = []
    /// Where each spelling ends; it starts where the one before ends.
    private var ends: [Int] = []
    /// The place of each spelling's text among `words`.
    private var places: [Int] = []
    /// By hash, open addressing: the spelling plus 1, or 0. A power of two, at most half full.
    private var slots = [Int](repeating: 0, count: 64)

    public init() {}

    /// Adds a text where it is new.
    public mutating func add(_ word: String) {
        var word = word
        word.withUTF8 { _ = place(of: $0) }
    }

    /// The place of a text among `words`; `nil` where it is not there, or stands there in other bytes.
    func knownPlace(of word: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = first(for: word)
        while slots[slot] > 0 {
            if spelling(slots[slot] - 1, is: word) { return places[slots[slot] - 1] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The place of a text among `words`; it is added where it is new.
    mutating func place(of word: UnsafeBufferPointer<UInt8>) -> Int {
        var slot = first(for: word)
        while slots[slot] > 0 {
            if spelling(slots[slot] - 1, is: word) { return places[slots[slot] - 1] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return add(word)
    }

    private mutating func add(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        let text = String(decoding: word, as: UTF8.self)
        let place = placeOfWord[text] ?? words.count
        if place == words.count {
            placeOfWord[text] = place
            words.append(text)
        }
        bytes.append(contentsOf: word)
        ends.append(bytes.count)
        places.append(place)
        if 2 * places.count > slots.count {
            slots = [Int](repeating: 0, count: 2 * slots.count)
            bytes.withUnsafeBufferPointer { bytes in for known in places.indices { enter(known, UnsafeBufferPointer(rebasing: bytes[range(of: known)])) } }
        } else {
            enter(places.count - 1, word)
        }
        return place
    }

    private mutating func enter(_ known: Int, _ word: UnsafeBufferPointer<UInt8>) {
        var slot = first(for: word)
        while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = known + 1
    }

    private func range(of spelling: Int) -> Range<Int> { (spelling == 0 ? 0 : ends[spelling - 1])..<ends[spelling] }

    private func spelling(_ known: Int, is word: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(of: known)
        guard range.count == word.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for place in word.indices where bytes[range.lowerBound + place] != word[place] { return false }
            return true
        }
    }

    private func first(for word: UnsafeBufferPointer<UInt8>) -> Int {
        Int(truncatingIfNeeded: checksumByWords(of: UnsafeRawBufferPointer(word))) & (slots.count - 1)
    }
}
