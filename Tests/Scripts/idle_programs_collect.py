# A connection that was dropped, not closed, is closed while the program only waits; so is what a weak reference waits for.
import gc, os, select, socket, threading, weakref

def settle():
    # Where collections come all the time (collector-stress) the last one may have come too early, and a wait sees no need for another.
    if 'TAIPAN_GC_STRESS' in os.environ: gc.collect()

def serve(server, log):
    connection, _ = server.accept()
    log.append(connection.recv(10))
    log.append(connection.recv(10))  # the end, once the other side is gone
    connection.close()

def talk(port):
    client = socket.create_connection(('127.0.0.1', port))
    client.sendall(b'hello')

server = socket.create_server(('127.0.0.1', 0))
log = []
thread = threading.Thread(target=serve, args=(server, log))
thread.start()
talk(server.getsockname()[1])
settle()
thread.join(20)
print(thread.is_alive(), log)

class Owner: pass
gone = threading.Event()
def own():
    owner = Owner()
    return weakref.ref(owner, lambda _: gone.set())
reference = own()
settle()
print(gone.wait(20), reference())

left, right = socket.socketpair()
class Closer:
    def __init__(self, s): self.s = s
    def __del__(self): self.s.close()
def close_later(): Closer(right)
close_later()
del right
settle()
print(select.select([left], [], [], 20)[0] == [left], left.recv(1))

left, right = socket.socketpair()
poll = select.poll()
poll.register(left, select.POLLIN)
def close_later(s): Closer(s)
close_later(right)
del right
settle()
print([event & select.POLLIN for _, event in poll.poll(20000)], left.recv(1))
# expect: False [b'hello', b'']
# expect: True None
# expect: True b''
# expect: [1] b''
