import Warehouse

/// Makes the rows of many members into blocks, a part of the members at a time on several threads, and gives the blocks back in the order of the members.
///
/// - Parameters:
///   - members: How many there are, by cadre number.
///   - rows: The rows of a part, by member: which part, and which members it is. Whatever the number of threads, the same rows share a block.
/// - Throws: `WarehouseError.failed` where an indicator comes twice for one cadre.
func packed<Stored: PackedRecord>(
    _ members: Int, threads: Int, _ rows: @Sendable (_ part: Int, _ members: Range<Int>) -> ArraySlice<Stored>
) throws(WarehouseError) -> [PackedRows<Stored>] {
    let size = Observations.partSize
    let parts = concurrentMap((members + size - 1) / size, threads: threads) { part -> Result<[PackedRows<Stored>], WarehouseError> in
        let own = part * size..<min(members, (part + 1) * size)
        return Result { () throws(WarehouseError) in try PackedRows.blocks(of: rows(part, own)) }
    }
    var blocks: [PackedRows<Stored>] = []
    for part in parts { blocks += try part.get() }
    return blocks
}
