@tool
 # <- reference call
class_name Cart extends Node2D
#          ^ definition class
#                       ^ reference inherit

const Money = preload("res://money.gd")
#     ^ definition constant
#             ^ reference call
#                     ^ import res://money.gd
const LIMIT := 10
#     ^ definition constant
signal closed(by: Node)
#      ^ definition property
#             ^ reference write
#                 ^ reference type
enum State { IDLE, BUSY = 2 }
#    ^ definition enum
#            ^ definition enum_member in State
#                  ^ definition enum_member in State
enum { LOW, HIGH }
#      ^ definition enum_member
#           ^ definition enum_member
@export var rate: int = 1
 # <- reference call
#           ^ definition variable
#                 ^ reference type
var total: float:
	#  ^ definition variable
	#         ^ reference type
	get: return rate * LIMIT
	set(value): rate = value
	#   ^ reference write
	#           ^ reference write
var _old setget set_old
#   ^ definition variable

class Line extends Resource:
	#    ^ definition class
	#                 ^ reference inherit
	var cents = 1
	#   ^ definition field in Line
	func _init(first):
		#   ^ definition constructor in Line
		#         ^ reference write
		cents = first
		# <- reference write
	func price(times := 2) -> int:
		#   ^ definition method in Line
		#         ^ reference write
		#                        ^ reference type
		return cents * times

func _ready() -> void:
	#   ^ definition function
	#               ^ reference type
	var line = Line.new()
	#               ^ reference call
	for i in range(3):
		#  ^ reference write
		#       ^ reference call
		print(i)
		# <- reference call
	self.rate += 1
	#    ^ reference write
	closed.emit(self)
	#      ^ reference call
	var twice = func(x): return x * 2
	#                ^ reference write
	helper(line)
	# <- reference call

static func make(owner: Node, ...rest) -> Cart:
	#          ^ definition function
	#               ^ reference write
	#                      ^ reference type
	#                               ^ reference write
	#                                        ^ reference type
	return Cart.new()
	#           ^ reference call
