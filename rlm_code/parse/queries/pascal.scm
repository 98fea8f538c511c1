; Pascal, of Delphi and Free Pascal. A routine of the interface section is defined in the implementation.

(unit (moduleName) @name) @definition.module
(program (moduleName) @name) @definition.module
(library (moduleName) @name) @definition.module
(declConst name: (_) @name) @definition.constant
(declVar name: (_) @name) @definition.variable
(declField name: (_) @name) @definition.field
(declProp name: (_) @name) @definition.property
(lambda) @local
(declType name: [(identifier) @name (genericTpl entity: (_) @name)]) @definition.type
(declType type: (declClass (kClass))) @definition.class
(declType type: (declClass (kObject))) @definition.class
(declType type: (declClass (kRecord))) @definition.struct
(declType type: (declClass . (kClass) .)) @declaration
(declType type: (declHelper)) @definition.class
(declType type: (declIntf)) @definition.interface
(declType type: (type (declEnum))) @definition.enum
(declEnumValue name: (_) @name) @definition.enum_member
(declSection (declProc name: [(identifier) @name (genericTpl entity: (_) @name)]) @definition.method)
(declClass (declProc name: [(identifier) @name (genericTpl entity: (_) @name)]) @definition.method)
(declIntf (declProc name: [(identifier) @name (genericTpl entity: (_) @name)]) @definition.method)
(declHelper (declProc name: [(identifier) @name (genericTpl entity: (_) @name)]) @definition.method)
(declSection (declProc (kConstructor)) @definition.constructor)
(declClass (declProc (kConstructor)) @definition.constructor)
(defProc header: (declProc name: [
  (identifier) @name
  (operatorName) @name
  (genericTpl entity: (_) @name)
  (genericDot lhs: [(identifier) @qualifier (genericTpl entity: (_) @qualifier)] rhs: [
    (identifier) @name
    (operatorName) @name
    (genericTpl entity: (_) @name)
  ])
]) body: (_) @body) @definition.function
(defProc header: (declProc (kConstructor))) @definition.constructor

(declArg name: (_) @reference.write)
(assignment lhs: [(identifier) @reference.write (exprDot rhs: (identifier) @reference.write)])
(typeref (identifier) @reference.type)
(declClass parent: (typeref (identifier) @reference.inherit))
(declIntf parent: (typeref (identifier) @reference.inherit))
(exprCall entity: [(identifier) @reference.call (exprDot rhs: (identifier) @reference.call)])
(statement [(identifier) @reference.call (exprDot rhs: (identifier) @reference.call)])

(declUses) @import @within.import
(declUses (moduleName) @import.module)
