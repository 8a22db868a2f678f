import PyBytecode
enum Document { enum Section { case code, blocks, ast, tokens, symtable }
  static func make(_ t: CodeTarget, sections: Set<Section>) throws -> [UInt8] { [] } }
