// A page of an app with the coach, for tests in a browser: with useChat, and with ?assistant-ui with assistant-ui. ?api= is the server; the
// conversation is in the address, as in an app whose pages are loaded again.
import { useChat } from '@ai-sdk/react';
import { AssistantRuntimeProvider, ComposerPrimitive, MessagePrimitive, ThreadPrimitive } from '@assistant-ui/react';
import { useAISDKRuntime } from '@assistant-ui/react-ai-sdk';
import { useState, type FC, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, type Proposal } from '@ultimate-coach/client';
import { createCoachTransport, withProposal, type CoachTransport, type CoachUIMessage } from '@ultimate-coach/client/ai';

const query = new URLSearchParams(location.search);
const api = createClient({ baseUrl: query.get('api') ?? '' });

interface ChatProps {
  transport: CoachTransport;
  stored: CoachUIMessage[];
}

function useCoach({ transport, stored }: ChatProps) {
  const chat = useChat<CoachUIMessage>({
    transport,
    messages: stored,
    resume: true,
    onData: (part) => {
      if (part.type === 'data-proposal-replaced') chat.setMessages((all) => withProposal(all, part.data));
    },
  });
  return chat;
}

function Card({ proposal, onChange }: { proposal: Proposal; onChange?: (changed: Proposal) => void }): ReactNode {
  const confirm = async (): Promise<void> => onChange?.(await api.confirmProposal({ path: { id: proposal.id }, ifMatch: `"${proposal.version}"` }));
  return (
    <section data-proposal={proposal.status}>
      {proposal.preview.items?.map(({ name }) => name).join(', ')} {proposal.preview.calories} kcal
      {proposal.status === 'open' && <button onClick={() => void confirm()}>Confirm</button>}
    </section>
  );
}

function Chat(props: ChatProps): ReactNode {
  const { messages, sendMessage, setMessages, status, stop, error } = useCoach(props);
  const [text, setText] = useState('');
  return (
    <>
      {messages.map(({ id, role, parts }) => (
        <article key={id} data-role={role}>
          {parts.map((part, index) => {
            if (part.type === 'text') return <p key={index}>{part.text}</p>;
            if (part.type === 'data-proposal') return <Card key={index} proposal={part.data} onChange={(changed) => setMessages((all) => withProposal(all, changed))} />;
            return null;
          })}
        </article>
      ))}
      <form onSubmit={(event) => {
        event.preventDefault();
        void sendMessage({ text });
        setText('');
      }}>
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button>Send</button>
      </form>
      <button onClick={() => void stop()}>stop()</button>
      <button onClick={() => void props.transport.cancel()}>cancel()</button>
      <output>{status}</output>
      {error && <p role="alert">{error.message}</p>}
    </>
  );
}

const Data: FC<{ data: Proposal }> = ({ data }) => <Card proposal={data} />;
const parts = { data: { by_name: { proposal: Data } } };
const User: FC = () => <MessagePrimitive.Root data-role="user"><MessagePrimitive.Parts /></MessagePrimitive.Root>;
const Assistant: FC = () => <MessagePrimitive.Root data-role="assistant"><MessagePrimitive.Parts components={parts} /></MessagePrimitive.Root>;

function Thread(props: ChatProps): ReactNode {
  const chat = useCoach(props);
  return (
    <AssistantRuntimeProvider runtime={useAISDKRuntime(chat)}>
      <ThreadPrimitive.Root>
        <ThreadPrimitive.Messages components={{ UserMessage: User, AssistantMessage: Assistant }} />
        <ComposerPrimitive.Root>
          <ComposerPrimitive.Input aria-label="Message" />
          <ComposerPrimitive.Send>Send</ComposerPrimitive.Send>
        </ComposerPrimitive.Root>
      </ThreadPrimitive.Root>
      <button onClick={() => void props.transport.cancel()}>cancel()</button>
      <output>{chat.status}</output>
    </AssistantRuntimeProvider>
  );
}

/** The page: its chat can be closed and opened again. */
function Page(): ReactNode {
  const [open, setOpen] = useState<ChatProps>();
  async function show(): Promise<void> {
    const transport = createCoachTransport({
      client: api.client,
      conversationId: location.hash.slice(1) || undefined,
      onConversation: (id) => history.replaceState(null, '', `#${id}`),
    });
    setOpen({ transport, stored: await transport.loadMessages() });
  }
  if (!open) return <button onClick={() => void show()}>Open</button>;
  return (
    <>
      {query.has('assistant-ui') ? <Thread {...open} /> : <Chat {...open} />}
      <button onClick={() => setOpen(undefined)}>Close</button>
    </>
  );
}

const main = document.querySelector('main');
if (main) createRoot(main).render(<Page />);
