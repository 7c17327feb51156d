import Foundation
import PipelineModel
import Warehouse

// Prints the facts of a warehouse as the lines that all engines of Benchmarks/ingestion.sh must agree on, in any order:
// cadre,month,measure,count,sum,sum of squares. Measures are those named on the command line, all of them where none is.

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first, FileManager.default.fileExists(atPath: path) else {
    FileHandle.standardError.write(Data("usage: benchmark-facts WAREHOUSE.sqlite [MEASURE ...]\n".utf8))
    exit(2)
}
let wanted = Set(arguments.dropFirst())
let always = MonthWindow(first: Month(year: 1990, monthOfYear: 1), last: Month(year: 2099, monthOfYear: 12))
var lines = ""
try Warehouse(path: path).read { transaction in
    try transaction.forEachFact(in: always) { fact in
        guard wanted.isEmpty || wanted.contains(fact.measure) else { return }
        lines += "\(fact.cadreID),\(fact.month),\(fact.measure),\(fact.count),\(fact.sum),\(fact.sumOfSquares)\n"
        guard lines.utf8.count > 1 << 20 else { return }
        FileHandle.standardOutput.write(Data(lines.utf8))
        lines = ""
    }
}
FileHandle.standardOutput.write(Data(lines.utf8))
